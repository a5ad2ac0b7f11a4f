/** Variables as a POSIX shell sets them; keys of AWS hold nothing that ends a quoted text. */
export const exportsOf = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}="${value}"`)
    .join('\n');
