/** The YAML file as plain data, or what is wrong with it and in which line. */
import { readFileSync } from 'node:fs';
import { type Document, parseDocument } from 'yaml';
import { type ConfigProblem, InvalidConfig } from './problems.js';

const asDefault = 'as in the config/partner-cloud.yaml that comes with the program';

/** The file's content; throws {@link InvalidConfig} when it cannot be read or is no YAML mapping. */
export function readYaml(file: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(read(file));
  const wrong = [...document.errors, ...document.warnings].map(({ linePos, message }) => {
    const place = linePos ? `${file}:${linePos[0].line}:${linePos[0].col}` : file;
    return notYaml(place, message.replace(/ at line \d+, column \d+:[\s\S]*$/, ''));
  });
  if (wrong.length > 0) throw new InvalidConfig(wrong);
  const content = contentOf(document, file);
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content };
  throw new InvalidConfig([{ path: file, problem: 'has no settings', allowed: `named settings, ${asDefault}` }]);
}

/** Aliases are resolved only here, so one without an anchor or one that multiplies without end is found only now. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new InvalidConfig([notYaml(file, (error as Error).message)]);
  }
}

const notYaml = (path: string, why: string): ConfigProblem => ({
  path,
  problem: `is not YAML here: ${why}`,
  allowed: `YAML 1.2, ${asDefault}`,
});

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    const allowed = 'a readable YAML file; PARTNER_CLOUD_CONFIG names another one';
    throw new InvalidConfig([{ path: file, problem, allowed }]);
  }
}
