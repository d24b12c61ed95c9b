import type { EmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';
import { startTestServer } from './test-database.ts';

// For vitest's `globalSetup`: holds the shared server for the whole run, so that it does not stop between test files, and
// stops it after workers that ended without a word.

let server: EmbeddedPostgres | null = null;

export async function setup(): Promise<void> {
  server = await startTestServer();
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
