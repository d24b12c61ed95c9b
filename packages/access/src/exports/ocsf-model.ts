/* What ecr-audit says of an OCSF Detection Finding, in the schema's own words. https://schema.ocsf.io/1.9.0/classes/detection_finding */

export interface OcsfDetectionFinding {
  readonly metadata: {
    readonly version: string;
    readonly profiles: readonly string[];
    readonly product: { readonly name: string; readonly vendor_name: string; readonly version: string };
    readonly event_code: string;
  };
  readonly category_uid: 2;
  readonly category_name: string;
  readonly class_uid: 2004;
  readonly class_name: string;
  readonly activity_id: number;
  readonly activity_name: string;
  readonly type_uid: number;
  readonly type_name: string;
  /** Milliseconds since 1970, like all times here. */
  readonly time: number;
  readonly severity_id: number;
  readonly severity: string;
  readonly status_id: number;
  readonly status: string;
  readonly confidence_id: number;
  readonly confidence: string;
  readonly is_alert: boolean;
  readonly message: string;
  readonly finding_info: {
    readonly uid: string;
    readonly title: string;
    readonly desc: string;
    readonly types: readonly string[];
    readonly analytic: { readonly uid: string; readonly name: string; readonly type_id: number; readonly type: string };
    readonly last_seen_time: number;
    readonly created_time?: number;
    readonly first_seen_time?: number;
    readonly modified_time?: number;
  };
  readonly cloud: { readonly provider: string; readonly account?: OcsfAccount; readonly region?: string };
  readonly resources: readonly OcsfResource[];
  readonly remediation: { readonly desc: string };
  readonly evidences?: readonly { readonly data: Readonly<Record<string, unknown>> }[];
  readonly unmapped: Readonly<Record<string, unknown>>;
}

export interface OcsfResource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly role_id: number;
  readonly role: string;
  readonly region?: string;
  readonly owner?: { readonly account: OcsfAccount };
}

interface OcsfAccount {
  readonly uid: string;
  readonly type: string;
  readonly type_id: number;
}

/** An AWS account. https://schema.ocsf.io/1.9.0/objects/account */
export function account(uid: string): OcsfAccount {
  return { uid, type: 'AWS Account', type_id: 10 };
}
