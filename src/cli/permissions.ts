/** Prints docs/permissions.md, without starting anything. */
import 'reflect-metadata';
import { controllers } from '../infrastructure/http/http.module.js';
import { permissionsPage } from '../infrastructure/http/openapi/permissions.js';

process.stdout.write(permissionsPage(controllers));
