/** The description of this API as pages for people. Nothing comes from another host, and nothing is inline. */
import { existsSync, readFileSync } from 'node:fs';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { checked } from '../kit/checked.js';
import { OneOf } from '../kit/fields.js';
import { Problem } from '../kit/problems.js';
import { Open } from '../kit/route-action.js';
import { ownPageOnly } from '../kit/security-headers.js';
import type { WireReply } from '../kit/wire.js';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>partner-cloud API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null });
`;

const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';
/** The build puts the files of Swagger UI here. */
const built = (name: string): URL => new URL(`../swagger-ui/${name}`, import.meta.url);

class FilePath {
  @OneOf('start.js', 'swagger-ui-bundle.js', 'swagger-ui.css')
  readonly file!: 'start.js' | 'swagger-ui-bundle.js' | 'swagger-ui.css';
}

@Controller('docs')
export class DocsController {
  readonly #read = new Map<string, Buffer>();

  @Get()
  @Open()
  page(@Res() reply: WireReply): void {
    send(reply, 'text/html; charset=utf-8', page);
  }

  @Get(':file')
  @Open()
  file(@Param(checked(FilePath)) { file }: FilePath, @Res() reply: WireReply): void {
    if (file === 'start.js') send(reply, script, start);
    else send(reply, file.endsWith('.css') ? style : script, this.#content(file));
  }

  /** Read once, when somebody asks. */
  #content(file: string): Buffer {
    const known = this.#read.get(file);
    if (known) return known;
    const url = built(file);
    if (!existsSync(url)) throw new Problem('not-found', 'The pages are part of the build, and this was not built.');
    const content = readFileSync(url);
    this.#read.set(file, content);
    return content;
  }
}

function send(reply: WireReply, type: string, content: string | Buffer): void {
  reply.header('content-type', type).header('content-security-policy', ownPageOnly);
  reply.header('cache-control', 'no-cache').send(content);
}
