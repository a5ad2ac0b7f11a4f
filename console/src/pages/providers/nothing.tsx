/** What the table says where it has no row: nobody has one yet, or none fits. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate } from 'react-router';
import { providersText as text } from '../../text/providers.js';
import { type Filters, isFiltered } from './filters.js';

export const NewButton = () => {
  const navigate = useNavigate();
  return (
    <ButtonDropdown
      variant="primary"
      items={[{ id: 'aws', text: text.amazon, secondaryText: text.amazonWords }]}
      onItemClick={() => navigate('/new')}
    >
      {text.create}
    </ButtonDropdown>
  );
};

interface Reader {
  readonly mayCreate: boolean;
  readonly ofAll: boolean;
}

function Empty({ mayCreate, ofAll }: Reader) {
  const otherwise = ofAll ? text.noneForAll : text.noneForMember;
  return (
    <Box textAlign="center" color="inherit" padding="l">
      <SpaceBetween size="m">
        <Box variant="strong" color="inherit">
          {text.none}
        </Box>
        <Box variant="p" color="inherit">
          {mayCreate ? text.noneWords : otherwise}
        </Box>
        {mayCreate && <NewButton />}
      </SpaceBetween>
    </Box>
  );
}

const NoMatch = ({ clear }: { readonly clear: () => void }) => (
  <Box textAlign="center" color="inherit" padding="l">
    <SpaceBetween size="m">
      <Box variant="strong" color="inherit">
        {text.noMatch}
      </Box>
      <Box variant="p" color="inherit">
        {text.noMatchWords}
      </Box>
      <Button onClick={clear}>{text.clear}</Button>
    </SpaceBetween>
  </Box>
);

interface NothingThere extends Reader {
  readonly filters: Filters;
  readonly clear: () => void;
}

export const Nothing = ({ filters, clear, ...who }: NothingThere) =>
  isFiltered(filters) ? <NoMatch clear={clear} /> : <Empty {...who} />;
