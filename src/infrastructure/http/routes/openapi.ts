/** The description of this API as OpenAPI, for programs; it says nothing that is secret, so no token is needed. */
import { Controller, Get, Inject } from '@nestjs/common';
import { API_DOCUMENT } from '../kit/parts.js';
import { Open } from '../kit/route-action.js';

@Controller('openapi.json')
export class OpenApiController {
  #made: object | undefined;

  constructor(@Inject(API_DOCUMENT) private readonly make: () => object) {}

  /** It is made once, when somebody asks. */
  @Get()
  @Open()
  document() {
    this.#made ??= this.make();
    return this.#made;
  }
}
