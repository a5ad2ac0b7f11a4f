/** The call that AWS refused, as support wants it. */
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FailedCall } from '../../api/types.js';
import { Code } from '../../shell/code.js';
import { Copyable } from '../../shell/problem.js';
import { providerText as text } from '../../text/provider.js';

const inLines = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body, null, 2));

export const FailedCallView = ({ call }: { readonly call: FailedCall }) => (
  <SpaceBetween size="s">
    <KeyValuePairs
      columns={3}
      items={[
        { label: text.operation, value: [call.service, call.operation].filter(Boolean).join(' ') },
        {
          label: text.requestId,
          value: call.requestId ? <Copyable text={call.requestId} label={text.requestId} /> : '–',
        },
        { label: text.error, value: call.error },
      ]}
    />
    {call.body !== undefined && (
      <Box>
        <Box variant="awsui-key-label">{text.body}</Box>
        <Code text={inLines(call.body)} label={text.body} />
      </Box>
    )}
  </SpaceBetween>
);
