import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { shellText } from '../text/shell.js';

/** Something is on its way. */
export const Waiting = () => (
  <Box textAlign="center" padding="xxl">
    <StatusIndicator type="loading">{shellText.loading}</StatusIndicator>
  </Box>
);
