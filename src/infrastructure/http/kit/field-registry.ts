/** What the decorators of input fields say of each, kept by class: how it is tested, its JSON Schema, and what is allowed in words. */

/** A JSON Schema, as far as fields say one. */
export interface FieldSchema {
  readonly type: 'string' | 'boolean' | 'integer' | 'array';
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  /** What the elements of a list are: a schema of their own, or a class of fields. */
  readonly items?: FieldSchema | (() => Shape);
}

export interface Field {
  /** Whether a value that is there is right. Of a value of no field's making it must be true as well as quick. */
  readonly fits: (value: unknown) => boolean;
  readonly schema: FieldSchema;
  /** What would be right, in words. */
  readonly allowed: string;
  readonly optional: boolean;
}

export type Shape = new () => object;

const own = new WeakMap<object, Map<string, Field>>();
const whole = new WeakMap<Shape, ReadonlyMap<string, Field>>();

/** Keeps what a decorator says of a member of the class with this prototype; later decorators of the same member add to it. */
export function keepField(prototype: object, name: string, said: Partial<Field>): void {
  const fields = own.get(prototype) ?? new Map<string, Field>();
  const known = fields.get(name) ?? { fits: () => true, schema: { type: 'string' }, allowed: '', optional: false };
  own.set(prototype, fields.set(name, { ...known, ...said }));
}

/** Every field of a class by name, those that it inherits included. */
export function fieldsOf(shape: Shape): ReadonlyMap<string, Field> {
  const known = whole.get(shape);
  if (known) return known;
  const fields = new Map<string, Field>();
  for (let at: object | null = shape.prototype; at; at = Object.getPrototypeOf(at))
    for (const [name, field] of own.get(at) ?? []) if (!fields.has(name)) fields.set(name, field);
  whole.set(shape, fields);
  return fields;
}

/** Whether an object has every field of a class as it must be, and nothing else. */
export function fitsShape(shape: Shape, instance: object): boolean {
  const fields = fieldsOf(shape);
  for (const name of Object.keys(instance)) if (!fields.has(name)) return false;
  for (const [name, { fits, optional }] of fields) {
    const value = instance[name as keyof typeof instance];
    if (value === undefined ? !optional : !fits(value)) return false;
  }
  return true;
}
