/** What every vault must do, whatever it keeps its secrets in. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Vault } from '../../../src/application/ports/vault.js';

/** A vault under test, which can be closed and opened again on what it kept. */
export interface VaultUnderTest {
  readonly vault: Vault;
  reopen(): Promise<Vault>;
  close(): Promise<void>;
}

/** Holds the vaults that the factory makes to the contract of {@link Vault}. */
export function vaultContract(name: string, make: () => Promise<VaultUnderTest>): void {
  describe(`${name} keeps the contract of a vault`, () => {
    let opened: VaultUnderTest;
    let vault: Vault;

    beforeEach(async () => {
      opened = await make();
      vault = opened.vault;
    });
    afterEach(() => opened.close());

    test('what was never put is absent', async () => {
      expect(await vault.get('credentials/a', 1)).toEqual({ state: 'absent' });
    });

    test('what was put can be read, also after it was opened again', async () => {
      const value = 'pässwörd ✓ \u0000 "quoted"';
      expect(await vault.putIfAbsent('credentials/a', 1, value)).toEqual({ state: 'kept', value });
      expect(await vault.get('credentials/a', 1)).toEqual({ state: 'kept', value });
      const again = await opened.reopen();
      expect(await again.get('credentials/a', 1)).toEqual({ state: 'kept', value });
    });

    test('the empty value is a value', async () => {
      await vault.putIfAbsent('credentials/a', 1, '');
      expect(await vault.get('credentials/a', 1)).toEqual({ state: 'kept', value: '' });
    });

    test('the first to put wins, and every later one is told the same value', async () => {
      const values = Array.from({ length: 20 }, (_, i) => `value ${i}`);
      const answers = await Promise.all(values.map((value) => vault.putIfAbsent('credentials/a', 1, value)));
      const kept = await vault.get('credentials/a', 1);
      expect(kept.state).toBe('kept');
      expect(answers).toEqual(values.map(() => kept));
    });

    test('names and generations are apart from each other', async () => {
      const places = [
        ['a', 1],
        ['a', 2],
        ['b', 1],
        ['a#1', 1],
        ['a","1', 1],
      ] as const;
      for (const [name, generation] of places) await vault.putIfAbsent(name, generation, `${name} ${generation}`);
      await vault.destroy('a', 1);
      expect(await vault.get('a', 1)).toEqual({ state: 'destroyed' });
      for (const [name, generation] of places.slice(1))
        expect(await vault.get(name, generation)).toEqual({ state: 'kept', value: `${name} ${generation}` });
    });

    test('what is destroyed stays so, bars a late writer, and may be destroyed twice', async () => {
      await vault.putIfAbsent('credentials/a', 1, 'first');
      await vault.destroy('credentials/a', 1);
      expect(await vault.putIfAbsent('credentials/a', 1, 'late')).toEqual({ state: 'destroyed' });
      await vault.destroy('credentials/a', 1);
      const again = await opened.reopen();
      expect(await again.get('credentials/a', 1)).toEqual({ state: 'destroyed' });
      expect(await again.putIfAbsent('credentials/a', 1, 'later')).toEqual({ state: 'destroyed' });
    });

    test('what never was can be destroyed, and then never will be', async () => {
      await vault.destroy('credentials/a', 3);
      expect(await vault.putIfAbsent('credentials/a', 3, 'late')).toEqual({ state: 'destroyed' });
      expect(await vault.get('credentials/a', 3)).toEqual({ state: 'destroyed' });
    });
  });
}
