/** The few pages for people that the simulator shows: plain HTML that loads nothing and runs no script. */
import type { WireResponse } from '../engine/core.js';
import { escapeXml } from '../protocol/xml.js';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: #f2f3f3; color: #16191f; }
  main { max-width: 26rem; margin: 4rem auto; padding: 1.5rem 2rem 2rem; background: #fff; border: 1px solid #d5dbdb; }
  h1 { font-size: 1.4rem; font-weight: 500; }
  label { display: block; margin: 0.9rem 0 0.2rem; font-weight: 600; }
  input { width: 100%; box-sizing: border-box; padding: 0.4rem; font: inherit; border: 1px solid #687078; }
  button { margin-top: 1.3rem; width: 100%; padding: 0.5rem; font: inherit; color: #fff; background: #0972d3; border: 0; }
  .refused { padding: 0.6rem 0.8rem; border-left: 4px solid #d13212; background: #fdf3f1; }
  .note { margin-top: 1.5rem; color: #545b64; font-size: 0.85rem; }`;

/** A whole page around `content`, which must be escaped already; `title` is escaped here. */
export function page(status: number, title: string, content: string): WireResponse {
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeXml(title)}</title>
<style>${style}</style></head>
<body><main>
<h1>${escapeXml(title)}</h1>
${content}
<p class="note">This is the AWS simulator of partner-cloud. It is not AWS, and nothing here is billed.</p>
</main></body>
</html>
`;
  return { status, headers, body };
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
};

/** What a person sees who opens the simulator's address in a browser. */
export function homePage(): WireResponse {
  return page(
    200,
    'AWS simulator',
    `<p>This server answers as AWS does: Organizations, STS, IAM, S3, CloudTrail and Config for programs,
and the sign-in pages for people.</p>
<p>Point an AWS SDK at it by setting its <code>endpoint</code> to this address. Sign in as a user of an account at
<code>/signin/{account id}/console</code>. Look behind the scenes at
<a href="/_simulator">/_simulator</a>.</p>`,
  );
}
