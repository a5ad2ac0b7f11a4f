/** Decorators that tie a setting to its rule, so that class-validator finds at most one mistake in each. */
import 'reflect-metadata';
import { Type } from 'class-transformer';
import { registerDecorator, ValidateIf, ValidateNested } from 'class-validator';
import type { Rule } from './rules.js';

const known = new Map<unknown, string[]>();

/** The settings that a group has, in the order of their decorators. */
export const knownSettings = (group: object): readonly string[] => known.get(group.constructor) ?? [];

/** The setting follows the rule. */
export function Is(rule: Rule): PropertyDecorator {
  return (target, property) => {
    known.set(target.constructor, [...(known.get(target.constructor) ?? []), String(property)]);
    registerDecorator({
      name: 'is',
      target: target.constructor,
      propertyName: String(property),
      options: { context: { allowed: rule.allowed } },
      validator: {
        validate: (value: unknown) => rule.problem(value) === undefined,
        defaultMessage: (about) => rule.problem(about?.value) ?? '',
      },
    });
  };
}

const isMapping = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const mapping: Rule = {
  allowed: 'a group of settings',
  problem(value) {
    if (value === undefined) return 'is missing';
    if (value === null) return 'is empty';
    return isMapping(value) ? undefined : 'is not a group of settings';
  },
};

const mappings: Rule = {
  allowed: 'a list of at least one group of settings',
  problem(value) {
    if (value === undefined) return 'is missing';
    if (!Array.isArray(value)) return 'is not a list';
    if (value.length === 0) return 'is empty';
    const wrong = value.findIndex((entry) => !isMapping(entry));
    return wrong < 0 ? undefined : `has an entry, number ${wrong + 1}, that is not a group of settings`;
  },
};

/** The setting is a group of settings of its own. */
export const Group = (kind: () => new () => object): PropertyDecorator => nested(mapping, kind);

/** The setting is such a group, or is left out. */
export function OptionalGroup(kind: () => new () => object): PropertyDecorator {
  return (target, property) => {
    ValidateIf((_group, value) => value !== undefined)(target, String(property));
    Group(kind)(target, property);
  };
}

/** The setting is a list of such groups, or is left out. */
export function OptionalGroups(kind: () => new () => object): PropertyDecorator {
  return (target, property) => {
    ValidateIf((_group, value) => value !== undefined)(target, String(property));
    Groups(kind)(target, property);
  };
}

/** The setting is a list of such groups. */
export const Groups = (kind: () => new () => object): PropertyDecorator => nested(mappings, kind);

function nested(rule: Rule, kind: () => new () => object): PropertyDecorator {
  return (target, property) => {
    Is(rule)(target, property);
    ValidateNested()(target, String(property));
    Type(kind)(target, String(property));
  };
}
