/** What can be asked for, as the wizard reads it. */
import { useQuery } from '@tanstack/react-query';
import { listOptions, listProviders, listTerritories, readTerms } from '../../../../src/client/generated/sdk.gen.js';
import { asked, askedList } from '../../api/asked.js';

export const useTerritories = () =>
  useQuery({ queryKey: ['territories'], queryFn: ({ signal }) => askedList(listTerritories({ signal })) });

export const useOptions = (organization: string, territory: string | undefined) =>
  useQuery({
    queryKey: ['options', organization, territory],
    enabled: territory !== undefined,
    queryFn: ({ signal }) =>
      askedList(listOptions({ path: { organization }, query: { territory: territory ?? '' }, signal })),
  });

export const useTerms = (territory: string | undefined) =>
  useQuery({
    queryKey: ['terms', territory],
    enabled: territory !== undefined,
    queryFn: ({ signal }) => asked(readTerms({ query: { territory: territory ?? '' }, signal }), 'documents'),
  });

/** The providers of the organization whose names begin so. */
export const useNamesLike = (organization: string, name: string) =>
  useQuery({
    queryKey: ['names', organization, name],
    enabled: name !== '',
    queryFn: ({ signal }) => askedList(listProviders({ path: { organization }, query: { name, limit: 20 }, signal })),
    select: ({ items }) => items.map((item) => item.name),
  });
