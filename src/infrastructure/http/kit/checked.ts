/** Checks an input against its class: every wrong field at once, each with what would be right. */
import type { PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import type { WrongField } from '../../../domain/refusal.js';
import { fieldsOf, fitsShape, type Shape } from './field-registry.js';
import { inSentences, Problem } from './problems.js';

const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false, stopAtFirstError: true };

/** A pipe that knows the class it checks against, so that the API's description can tell of it. */
export type CheckedPipe<T extends object = object> = PipeTransform<unknown, T> & { readonly shape: new () => T };

/** A pipe that answers with a body, query or path whose members are those of its class, or throws the problem `invalid`. */
export const checked = <T extends object>(shape: new () => T): CheckedPipe<T> => ({
  shape,
  transform: (value, { type }) =>
    type === 'body' ? check(shape, value === undefined ? {} : value) : checkFlat(shape, value ?? {}),
});

/** Paths and queries are flat, and most are right as they come; making an instance would cost more than looking at them. */
const checkFlat = <T extends object>(shape: new () => T, value: object): T =>
  fitsShape(shape, value) ? (value as T) : check(shape, value);

/** The instance has its members in the order of the class, in whatever order they came. */
function check<T extends object>(shape: new () => T, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid([{ field: 'body', problem: 'is not a JSON object', allowed: 'a JSON object' }]);
  const instance = plainToInstance(shape, value);
  if (fitsShape(shape, instance)) return instance;
  throw invalid(validateSync(instance, rules).flatMap((error) => wrongFields(error, '')));
}

const knownNames = (shape: Shape): string => [...fieldsOf(shape).keys()].join(', ') || 'nothing';

/** An answer must not grow with what was wrong: more than these help nobody. */
const mostTold = 20;
const longestName = 64;

function invalid(all: readonly WrongField[]): Problem {
  const wrong = all.slice(0, mostTold);
  const more = all.length > mostTold ? ` And ${all.length - mostTold} more.` : '';
  return new Problem('invalid', `${inSentences(wrong)}${more}`, wrong);
}

function wrongFields(error: ValidationError, parent: string): readonly WrongField[] {
  const field = /^\d+$/.test(error.property) ? `${parent}[${error.property}]` : joined(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => wrongField(error, rule, field, message));
  return [...own, ...(error.children ?? []).flatMap((child) => wrongFields(child, field))];
}

function joined(parent: string, property: string): string {
  const name = property.length > longestName ? `${property.slice(0, longestName)}…` : property;
  return parent ? `${parent}.${name}` : name;
}

function wrongField({ target, property }: ValidationError, rule: string, field: string, problem: string): WrongField {
  const shape: Shape = Object.getPrototypeOf(target).constructor;
  if (rule === 'whitelistValidation') return { field, problem: 'is not known here', allowed: knownNames(shape) };
  if (rule === 'nestedValidation') return { field, problem: 'is not an object', allowed: 'a JSON object' };
  return { field, problem, allowed: fieldsOf(shape).get(property)?.allowed ?? 'nothing' };
}
