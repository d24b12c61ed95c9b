/*
 * What OCSF 1.9.0 asks of a Detection Finding, for the attributes that ecr-audit writes: requirement, type, values of enums, and
 * `at_least_one`, as JSON Schema. The schema is published by a server only, so its definitions were read and are written down here;
 * an attribute that is not here is refused, so that none is written that nobody looked up.
 *
 * https://schema.ocsf.io/1.9.0/classes/detection_finding
 * https://schema.ocsf.io/1.9.0/classes/base_event
 * https://schema.ocsf.io/1.9.0/objects/metadata, product, finding_info, analytic, cloud, account, resource_details, user,
 * remediation, evidences
 */

const string = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
/** timestamp_t: milliseconds since 1970, UTC. */
const timestamp = { type: 'integer', minimum: 1_000_000_000_000 } as const;
const any = {} as const;

type Schema = Readonly<Record<string, unknown>>;

function object(properties: Schema, required: readonly string[], atLeastOne: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties,
    required,
    additionalProperties: false,
    ...(atLeastOne.length === 0 ? {} : { anyOf: atLeastOne.map((name) => ({ required: [name] })) }),
  };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

/** An enum whose sibling must be the caption of its value. */
function captions(id: string, name: string, values: Readonly<Record<number, string>>): Schema {
  return {
    oneOf: Object.entries(values).map(([value, caption]) => ({
      properties: { [id]: { const: Number(value) }, [name]: { const: caption } },
      required: [id, name],
    })),
  };
}

const account = object(
  { uid: string, name: string, type: { const: 'AWS Account' }, type_id: { const: 10 } },
  [],
  ['name', 'uid'],
);

const user = object({ account, name: string, uid: string }, [], ['account', 'name', 'uid']);

const resource = {
  ...object(
    {
      uid: string,
      name: string,
      type: string,
      role_id: integer,
      role: string,
      region: string,
      owner: user,
    },
    [],
    ['name', 'uid'],
  ),
  allOf: [captions('role_id', 'role', { 0: 'Unknown', 1: 'Target', 2: 'Actor', 3: 'Affected', 4: 'Related' })],
};

const metadata = object(
  {
    version: { const: '1.9.0' },
    profiles: { const: ['cloud'] },
    product: object(
      { name: string, vendor_name: string, version: string, uid: string },
      ['vendor_name'],
      ['name', 'uid'],
    ),
    event_code: string,
  },
  ['version', 'product'],
);

const findingInfo = object(
  {
    uid: { type: 'string', minLength: 1 },
    title: string,
    desc: string,
    types: list(string),
    analytic: object(
      { uid: string, name: string, type: { const: 'Rule' }, type_id: { const: 1 } },
      ['type_id'],
      ['name', 'uid'],
    ),
    created_time: timestamp,
    first_seen_time: timestamp,
    last_seen_time: timestamp,
    modified_time: timestamp,
  },
  ['uid', 'title'],
);

export const detectionFinding: Schema = {
  ...object(
    {
      metadata,
      category_uid: { const: 2 },
      category_name: { const: 'Findings' },
      class_uid: { const: 2004 },
      class_name: { const: 'Detection Finding' },
      activity_id: integer,
      activity_name: string,
      type_uid: integer,
      type_name: string,
      time: timestamp,
      severity_id: integer,
      severity: string,
      status_id: integer,
      status: string,
      confidence_id: integer,
      confidence: string,
      is_alert: { type: 'boolean' },
      message: string,
      finding_info: findingInfo,
      // Required by the profile `cloud`.
      cloud: object({ provider: string, account, region: string }, ['provider']),
      resources: list(resource),
      remediation: object({ desc: string }, ['desc']),
      evidences: list(object({ data: any }, [], ['data'])),
      unmapped: { type: 'object' },
    },
    [
      'activity_id',
      'category_uid',
      'class_uid',
      'cloud',
      'finding_info',
      'metadata',
      'severity_id',
      'time',
      'type_uid',
    ],
  ),
  allOf: [
    captions('activity_id', 'activity_name', { 1: 'Create', 2: 'Update', 3: 'Close' }),
    captions('type_uid', 'type_name', {
      200401: 'Detection Finding: Create',
      200402: 'Detection Finding: Update',
      200403: 'Detection Finding: Close',
    }),
    captions('severity_id', 'severity', {
      0: 'Unknown',
      1: 'Informational',
      2: 'Low',
      3: 'Medium',
      4: 'High',
      5: 'Critical',
      6: 'Fatal',
    }),
    captions('status_id', 'status', { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved', 5: 'Archived' }),
    captions('confidence_id', 'confidence', { 0: 'Unknown', 1: 'Low', 2: 'Medium', 3: 'High' }),
  ],
};
