/** Checks an input against its class: every wrong field at once, each with what would be right. */
import type { PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';
import type { WrongField } from '../../../domain/refusal.js';
import { surelyFits } from './compiled-rules.js';
import { inSentences, Problem } from './problems.js';

type Shape<T> = new () => T;

const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false, stopAtFirstError: true };

/** A pipe that answers with a body, query or path whose members are those of its class, or throws the problem `invalid`. */
export const checked = <T extends object>(shape: Shape<T>): PipeTransform<unknown, T> => ({
  transform: (value, { type }) => (type === 'body' ? check(shape, value ?? {}) : checkFlat(shape, value ?? {})),
});

/** Paths and queries are flat, and most are right as they come; making an instance would cost more than looking at them. */
const checkFlat = <T extends object>(shape: Shape<T>, value: object): T =>
  surelyFits(shape, value) ? (value as T) : check(shape, value);

/** The instance has its members in the order of the class, in whatever order they came: digests are made of them. */
function check<T extends object>(shape: Shape<T>, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid([{ field: 'body', problem: 'is not a JSON object', allowed: 'a JSON object' }]);
  const instance = plainToInstance(shape, value);
  if (surelyFits(shape, instance)) return instance;
  const wrong = validateSync(instance, rules).flatMap((error) => wrongFields(error, ''));
  if (wrong.length > 0) throw invalid(wrong);
  return instance;
}

const invalid = (wrong: readonly WrongField[]): Problem => new Problem('invalid', inSentences(wrong), wrong);

function wrongFields(error: ValidationError, parent: string): readonly WrongField[] {
  const field = /^\d+$/.test(error.property) ? `${parent}[${error.property}]` : joined(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => wrongField(error, rule, field, message));
  return [...own, ...(error.children ?? []).flatMap((child) => wrongFields(child, field))];
}

const joined = (parent: string, property: string): string => (parent ? `${parent}.${property}` : property);

function wrongField({ target, contexts }: ValidationError, rule: string, field: string, problem: string): WrongField {
  if (rule === 'whitelistValidation') return { field, problem: 'is not known here', allowed: knownFields(target) };
  if (rule === 'nestedValidation') return { field, problem: 'is not an object', allowed: 'a JSON object' };
  return { field, problem, allowed: String(contexts?.[rule]?.allowed) };
}

function knownFields(target: object | undefined): string {
  if (!target) return 'nothing';
  const metadata = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))].join(', ') || 'nothing';
}
