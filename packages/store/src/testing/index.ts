export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { describeSchema } from './describe-schema.ts';
