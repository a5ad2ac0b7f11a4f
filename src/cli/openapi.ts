/** Prints the API's OpenAPI document, without starting anything. */
import 'reflect-metadata';
import { controllers } from '../infrastructure/http/http.module.js';
import { apiDocument } from '../infrastructure/http/openapi/document.js';

process.stdout.write(`${JSON.stringify(apiDocument(controllers), null, 2)}\n`);
