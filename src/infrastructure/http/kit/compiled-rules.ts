/** The rules that class-validator keeps for a class, looked up once instead of for every request. */
import { getMetadataStorage } from 'class-validator';

type Shape = new () => object;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Check = (value: unknown, of: object) => boolean;

const compiled = new WeakMap<object, (instance: object) => boolean>();

/**
 * Whether an instance surely keeps all rules of its class and has no member that none is about. A no says nothing:
 * class-validator itself must be asked, which also knows what is wrong.
 */
export function surelyFits(shape: Shape, instance: object): boolean {
  const known = compiled.get(shape) ?? compile(shape);
  compiled.set(shape, known);
  return known(instance);
}

function compile(shape: Shape): (instance: object) => boolean {
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  const checks = [...names].map(
    (name) => [name, checkOf(rules.filter(({ propertyName }) => propertyName === name))] as const,
  );
  return (instance) =>
    Object.keys(instance).every((name) => names.has(name)) &&
    checks.every(([name, check]) => check(instance[name as keyof typeof instance], instance));
}

/** All rules of one member; they count only where its conditions hold. */
function checkOf(rules: readonly Rule[]): Check {
  const conditions = rules
    .filter(isCondition)
    .map(({ constraints }) => constraints[0] as (of: object, v: unknown) => boolean);
  const checks = rules.filter((rule) => !isCondition(rule)).map(checkOfRule);
  return (value, of) => !conditions.every((holds) => holds(of, value)) || checks.every((check) => check(value, of));
}

const isCondition = ({ type }: Rule): boolean => type === 'conditionalValidation';

function checkOfRule(rule: Rule): Check {
  if (rule.type === 'nestedValidation' && rule.each) return everyElementFits;
  if (rule.type !== 'customValidation' || rule.each) return never;
  const { constraints, propertyName: property, target } = rule;
  const targetName = typeof target === 'string' ? target : target.name;
  const validators = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls);
  if (validators.some(({ async }) => async)) return never;
  return (value, object) =>
    validators.every(
      ({ instance }) => instance.validate(value, { value, constraints, targetName, object, property }) === true,
    );
}

const everyElementFits: Check = (value) => Array.isArray(value) && value.every(elementFits);

function elementFits(element: unknown): boolean {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return false;
  return surelyFits(Object.getPrototypeOf(element).constructor, element);
}

const never: Check = () => false;
