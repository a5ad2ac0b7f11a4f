/** Schemas with a name (`$id`) stand once among the components of the document, and are referred to from wherever they are used. */

type Schema = Readonly<Record<string, unknown>> & { readonly $id?: string };

/** Where named schemas of one document are collected. */
export class Components {
  readonly schemas: Record<string, object> = {};

  /** The schema as the document has it in its place. Throws an Error where two schemas have one name. */
  referred(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map((each) => this.referred(each));
    if (typeof schema !== 'object' || schema === null) return schema;
    const { $id, ...own } = schema as Schema;
    const written = Object.fromEntries(Object.entries(own).map(([name, member]) => [name, this.referred(member)]));
    return $id === undefined ? written : this.#named($id, written);
  }

  #named(name: string, written: object): object {
    const known = this.schemas[name];
    if (known && JSON.stringify(known) !== JSON.stringify(written))
      throw new Error(`two schemas of the API's document are called ${name}`);
    this.schemas[name] = written;
    return { $ref: `#/components/schemas/${name}` };
  }
}
