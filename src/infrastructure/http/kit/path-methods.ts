/** Which methods each path offers, so that a wrong method is told apart from a wrong path. */
import { Injectable } from '@nestjs/common';

@Injectable()
export class PathMethods {
  readonly #methods = new Map<string, Set<string>>();

  /** Learns of a route: its pattern, such as `/v1/providers/:id`, and its method or methods. */
  add(pattern: string, method: string | readonly string[]): void {
    const known = this.#methods.get(pattern) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    this.#methods.set(pattern, known);
  }

  /** The methods offered at the path of this URL, in order; empty when there is nothing. */
  methodsAt(url: string): readonly string[] {
    const parts = (url.split('?')[0] ?? '').split('/');
    const fitting = [...this.#methods].filter(([pattern]) => fits(pattern.split('/'), parts));
    return [...new Set(fitting.flatMap(([, methods]) => [...methods]))].sort();
  }
}

const fits = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.length === parts.length &&
  pattern.every((part, index) => (part.startsWith(':') ? parts[index] !== '' : part === parts[index]));
