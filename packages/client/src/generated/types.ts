export interface paths {
    readonly "/healthz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the process answers; it says nothing about the database */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether requests can be answered: the database is reachable and its schema is the one of this version */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document */
        readonly get: operations["getOpenApiDocument"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/docs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document as a page for people, which works without a network */
        readonly get: operations["getDocumentation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/scans": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Scans, newest first
         * @description A credential that is limited to accounts is refused.
         */
        readonly get: operations["listScans"];
        readonly put?: never;
        /**
         * Ask for a scan now, outside of any schedule
         * @description A collector starts it within seconds, after the scan of the target that is under way. With `accounts`, only these are read again; the others stay as they were read last, and the whole target is evaluated. A credential that is limited to accounts gets what is about these.
         */
        readonly post: operations["requestScan"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/scans/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One scan as it stands */
        readonly get: operations["getScan"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/scans/{id}/coverage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How much of each source a scan could read, and what it could not
         * @description Both lists go on from page to page until both are exhausted. `coverage` is empty until the scan is completed. A credential that is limited to accounts is refused.
         */
        readonly get: operations["getScanCoverage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/scans/{id}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Follow a scan: server-sent events until it is completed or has failed
         * @description Each `progress` says how many steps are done of those that are known so far: an organization tells its accounts, an account its regions. The last event is `completed` or `failed`, with the scan. The stream ends by itself then, or after an hour.
         */
        readonly get: operations["followScan"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/organizations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What is scanned: organizations, and accounts without one, with their latest scan
         * @description A credential that is limited to accounts is refused.
         */
        readonly get: operations["listOrganizations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The accounts of a target, by id, and how much of each could be read
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listAccounts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/coverage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How much of each account, region and source the latest scan could read, and what it could not
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listCoverage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/repositories": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The repositories of a target, by ARN
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listRepositories"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/repositories/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One repository, also one that is gone
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["getRepository"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/repositories/{id}/access": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who has access to a repository, by principal id and action
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listRepositoryAccess"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/principals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The principals of a target
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listPrincipals"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/principals/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One principal, also one that is gone
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["getPrincipal"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/principals/{id}/access": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What a principal can reach, by account, region, repository and action
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listPrincipalAccess"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/access": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who may do what where, of a whole target: by principal, then repository and action
         * @description What each principal may do with registries comes before what it may do with repositories. Named repositories leave the former out. A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listAccess"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/activity": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who used what: first and last time, and how often, by principal, resource and action
         * @description From CloudTrail. It belongs to accounts and not to scans; `coverage` says what of it was seen. A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listActivity"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/rules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What findings look for: every rule with its severity, its reason and what to do about it */
        readonly get: operations["listRules"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/findings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What is risky, the gravest first, with what became of it
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listFindings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/findings/{fingerprint}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One finding with its whole life: when it was opened, through whose change, who approved it
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["getFinding"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/findings/{fingerprint}/acknowledge": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Say that somebody looks after a finding; it stays active
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly post: operations["acknowledgeFinding"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/alerts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What was told, or is to be told, to each sink, the latest messages first
         * @description A credential that is limited to accounts is refused.
         */
        readonly get: operations["listAlerts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/alerts/{id}/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send a message again that was given up; the notifier does it within a second
         * @description A credential that is limited to accounts is refused.
         */
        readonly post: operations["retryAlert"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exceptions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What was approved, by whom, why and until when
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listExceptions"];
        readonly put?: never;
        /**
         * Approve what a finding is about, as it stands now, for some time
         * @description More rights, repositories or principals, a condition less or a graver severity make it active again. A credential that is limited to accounts gets what is about these.
         */
        readonly post: operations["addException"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exceptions/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Withdraw an exception; its finding is active again
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly delete: operations["withdrawException"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/baselines": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The scans that were approved, as what access is compared with
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listBaselines"];
        readonly put?: never;
        /**
         * Agree to what a scan found: drift may be asked for since then
         * @description A credential that is limited to accounts gets what is about these.
         */
        readonly post: operations["approveBaseline"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/scans/{id}/drift": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How access became other since the scan before, because of which difference, through whose call
         * @description A credential that is limited to accounts is refused.
         */
        readonly get: operations["getScanDrift"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/drift": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How access became other between two scans, because of which differences
         * @description Both are judged by the rules of today. What either could not read is never drift. The first answer about two scans takes some seconds; `GET /v1/scans/{id}/drift` has at once what was found when a scan was evaluated. A credential that is limited to accounts is refused.
         */
        readonly get: operations["compareScans"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/drift/differences": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What became other in the configuration between two scans, and through whose call
         * @description A credential that is limited to accounts is refused.
         */
        readonly get: operations["listDifferences"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/over-permission": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What is granted and was not used, by principal, as far as use was seen
         * @description Unused is only what would have shown in a window that was wholly seen; everything else is not known. `GET /v1/access?capability=push&unusedSince=90d` tells on which repositories. The first answer takes some seconds. A credential that is limited to accounts is refused.
         */
        readonly get: operations["reportOverPermission"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/over-permission/policies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Policies that add nothing to anybody, and statements that only one of two accounts allows
         * @description Proved by evaluating everything without each of them. Each can be taken away alone; then ask again, for of two that cover each other one has to stay. The first answer about a scan may take minutes in a large organization. A credential that is limited to accounts is refused.
         */
        readonly get: operations["listPoliciesInVain"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/suggestions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The least policy that keeps what was used, with the proof: for a user or role, or for a repository
         * @description A suggestion is evaluated in place of what it replaces, and shown only if it keeps every use that was seen and adds nothing. Where none can be made or proved it says why. A credential that is limited to accounts is refused.
         */
        readonly get: operations["suggestPolicy"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Which managed policies bring rights of ECR, to whom, and who would be freed without
         * @description Each holder is evaluated without each of its policies. The first answer about a scan takes some seconds. A credential that is limited to accounts is refused.
         */
        readonly get: operations["listPolicies"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/series": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How many principals may push, administer or come from outside, day by day and account by account
         * @description Out of the history of access, up to 1,100 days with scans. The first answer after a scan takes some seconds. A credential that is limited to accounts gets what is about these.
         */
        readonly get: operations["listSeries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/explain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * May this principal do that, and because of which statements?
         * @description Nothing is changed: it is a POST because the question is a document. A credential that is limited to accounts gets what is about these.
         */
        readonly post: operations["explain"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/rehearsals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Who would gain or lose what if these policies were changed, and who used what they would lose?
         * @description Nothing is changed: it is a POST because the question is a document. A credential that is limited to accounts is refused.
         */
        readonly post: operations["rehearse"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit-log": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who changed what, and who read which report, the latest first
         * @description Entries are written behind the answers, within a second or so. Bodies are not kept. A credential that is limited to accounts is refused.
         */
        readonly get: operations["listAuditLog"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A problem document of RFC 9457. `code` is stable. */
        readonly Problem: {
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            readonly instance: string;
            /**
             * @description Programs may rely on it. New ones may come with any version.
             * @enum {string}
             */
            readonly code: "invalidRequest" | "requestUnreadable" | "credentialMissing" | "credentialInvalid" | "credentialExpired" | "scopeInsufficient" | "accountNotAllowed" | "requestNotLocal" | "routeNotFound" | "noCompletedScan" | "targetNotFound" | "scanNotFound" | "timeBeforeFirstScan" | "accountNotFound" | "repositoryNotFound" | "principalNotFound" | "findingNotFound" | "exceptionNotFound" | "alertNotFound" | "notAcceptable" | "methodNotAllowed" | "requestTooSlow" | "scanNotCompleted" | "snapshotNotKept" | "scanRefused" | "bodyTooLarge" | "queryTooLong" | "unsupportedMediaType" | "questionRefused" | "headersTooLarge" | "tooManyRequests" | "internalError" | "tooBusy" | "issuerUnavailable" | "databaseUnavailable" | "databaseNotMigrated";
            readonly requestId: string;
            readonly errors?: readonly {
                /** @enum {string} */
                readonly in: "path" | "query" | "body" | "header";
                readonly field: string;
                readonly message: string;
            }[];
        };
        readonly Scan: {
            readonly id: string;
            readonly target: components["schemas"]["Target"];
            /** @enum {string} */
            readonly source: "aws" | "snapshot";
            /** @enum {string} */
            readonly status: "requested" | "collecting" | "evaluating" | "completed" | "failed";
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly requestedAt: string;
            /**
             * Format: date-time
             * @description The time that the snapshot describes.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly takenAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly completedAt: string | null;
            /** @description Why it failed, and the remedy. */
            readonly failure: string | null;
            /** @description Cells of access that are new or changed, that ended or changed, and that stayed. */
            readonly counts: {
                readonly opened: number;
                readonly closed: number;
                readonly unchanged: number;
            } | null;
            /** @description How many things could not be read. */
            readonly gaps: number;
            /** @description The accounts that it read, with the others as they were read last. Null is all. */
            readonly onlyAccounts: readonly string[] | null;
        };
        readonly Target: {
            /** @example organization:o-exampleorgid */
            readonly key: string;
            readonly name: string;
        };
        readonly ScanRequest: {
            /** @description The key of a target that a collector is configured for. */
            readonly target: string;
            readonly accounts?: readonly string[];
        };
        readonly Coverage: {
            readonly accountId: string;
            /** @description Null for a source of the whole account. */
            readonly region: string | null;
            /** @enum {string} */
            readonly source: "iam" | "ecr" | "cloudtrail" | "organization";
            /** @enum {string} */
            readonly status: "complete" | "partial" | "notReadable";
            /** @description What failed and why. */
            readonly detail: string | null;
            /**
             * Format: date-time
             * @description When it was read: before the scan where that read other accounts only. Null where it was not read.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly readAt: string | null;
        };
        /** @description Something that could not be read. Null means: not limited by this. */
        readonly CollectionGap: {
            readonly accountId: string | null;
            readonly region: string | null;
            /** @description The call that failed, or the file that is missing. */
            readonly source: string;
            readonly resource: string | null;
            /** @enum {string} */
            readonly reason: "accessDenied" | "throttled" | "timeout" | "missingFile" | "notCollected" | "failed";
            readonly message: string;
        };
        /** @description What is scanned again and again. */
        readonly Organization: {
            /**
             * @description `target` of every other route. Accounts may be scanned without their organization, too.
             * @example organization:o-exampleorgid
             */
            readonly key: string;
            readonly name: string;
            /** @enum {string} */
            readonly kind: "organization" | "account" | "accounts";
            /** @description Those that the latest completed scan saw. */
            readonly accounts: number;
            readonly principals: number;
            readonly repositories: number;
            readonly scansUnderWay: number;
            /** @description The latest completed scan; null before the first one. */
            readonly latest: components["schemas"]["AsOf"] | null;
        };
        /** @description The scan that the answer describes, and whether it saw everything. */
        readonly AsOf: {
            readonly scan: {
                readonly id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly takenAt: string;
            };
            readonly target: components["schemas"]["Target"];
            readonly coverage: {
                /** @description Whether everything that access rests on was read. Where it was not, an absent entry may be one that nobody could see. */
                readonly isComplete: boolean;
                /** @description What could not be read; `GET /v1/scans/{id}/coverage` lists it. */
                readonly gaps: number;
            };
        };
        readonly Account: {
            /** @example 111122223333 */
            readonly accountId: string;
            readonly name: string;
            /** @description Names of the organizational units down to the account. */
            readonly path: string;
            readonly coverage: readonly components["schemas"]["AccountCoverage"][];
        };
        readonly AccountCoverage: {
            /** @description Null for a source of the whole account. */
            readonly region: string | null;
            /** @enum {string} */
            readonly source: "iam" | "ecr" | "cloudtrail" | "organization";
            /** @enum {string} */
            readonly status: "complete" | "partial" | "notReadable";
            /** @description What failed and why. */
            readonly detail: string | null;
        };
        readonly PlaceCoverage: {
            /** @example 111122223333 */
            readonly accountId: string;
            /** @description Null for a source of the whole account. */
            readonly region: string | null;
            /** @enum {string} */
            readonly source: "iam" | "ecr" | "cloudtrail" | "organization";
            /** @enum {string} */
            readonly status: "complete" | "partial" | "notReadable";
            /** @description What failed and why. */
            readonly detail: string | null;
            /**
             * Format: date-time
             * @description Null where it was not read.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly readAt: string | null;
            /** @description How much could not be read, of which `gaps` are the first. */
            readonly gapsTotal: number;
            /** @description What could not be read, and why. One that limits neither account nor region stands with each. */
            readonly gaps: readonly {
                /** @description The call that failed, or the file that is missing. */
                readonly source: string;
                readonly resource: string | null;
                /** @enum {string} */
                readonly reason: "accessDenied" | "throttled" | "timeout" | "missingFile" | "notCollected" | "failed";
                readonly message: string;
            }[];
        };
        readonly Repository: {
            readonly id: number;
            readonly arn: string;
            readonly accountId: string;
            readonly region: string;
            readonly name: string;
            /**
             * Format: date-time
             * @description Time of the first snapshot that shows it.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly firstSeenAt: string;
            /**
             * Format: date-time
             * @description Time of the first snapshot that could have shown it and did not; null while it exists.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly goneSince: string | null;
        };
        /** @description Of an answer to a question with `at`. */
        readonly AnswerTime: {
            /**
             * Format: date-time
             * @description The time that was asked about.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly at: string;
            /** @description Snapshot times of the scan that the answer describes and of the next one of the target, which is null where there is none yet. What changed in between shows in the next one only. */
            readonly valid: {
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description Null while it is so.
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string | null;
            };
            /** @description When these two scans were evaluated. */
            readonly known: {
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description Null while it is so.
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string | null;
            };
            readonly nextScanId: string | null;
            /**
             * @description Whether the scan knew the repository or principal. Of one that was not there nothing is listed.
             * @enum {string}
             */
            readonly subject: "there" | "notYetSeen" | "gone";
        };
        /** @description What one principal may do with one action. What is not listed is denied. */
        readonly Access: {
            readonly principal: components["schemas"]["PrincipalRef"];
            /** @description Null for actions of the registry that have no repository. */
            readonly repository: {
                readonly id: number;
                readonly arn: string;
                readonly name: string;
            } | null;
            /** @description Of the registry. */
            readonly accountId: string;
            readonly region: string;
            /** @description An action (`ecr:PutImage`) or a capability (`push`). */
            readonly action: string;
            /** @enum {string} */
            readonly decision: "allowed" | "conditional" | "unknown";
            readonly residual: components["schemas"]["Residual"] | null;
            /** @description The residual in words. */
            readonly condition: string | null;
            readonly reasons: readonly components["schemas"]["Reason"][];
            readonly limits: readonly components["schemas"]["EvaluationLimit"][];
            /**
             * Format: date-time
             * @description Time of the first snapshot that shows this decision under this residual.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly since: string;
            readonly validity?: components["schemas"]["Validity"];
        };
        readonly PrincipalRef: {
            readonly id: string;
            readonly arn: string;
            readonly kind: components["schemas"]["PrincipalKind"];
            /** @description Null for AWS services and for anyone at all. */
            readonly accountId: string | null;
            readonly name: string;
        };
        /** @enum {string} */
        readonly PrincipalKind: "user" | "role" | "session" | "federatedUser" | "root" | "service" | "external";
        /** @description The condition under which the answer is "allowed". */
        readonly Residual: {
            readonly all: readonly components["schemas"]["Residual"][];
        } | {
            readonly any: readonly components["schemas"]["Residual"][];
        } | {
            readonly not: components["schemas"]["Residual"];
        } | {
            readonly operator: string;
            readonly key: string;
            readonly values: readonly string[];
        } | {
            readonly resource: string;
            readonly pattern: string;
        } | {
            readonly unreadable: string;
        };
        /** @description A statement that decided. */
        readonly Reason: {
            /** @enum {string} */
            readonly policyType: "identity" | "permissionsBoundary" | "session" | "scp" | "rcp" | "repository" | "registry" | "default";
            readonly policy: string;
            /** @description Its Sid, or its index where it has none. */
            readonly statement: string;
            /** @enum {string} */
            readonly effect: "Allow" | "Deny";
            readonly via: string;
        };
        /** @description What the evaluator could not settle, or settled by a doubtful rule. */
        readonly EvaluationLimit: {
            readonly code: string;
            readonly message: string;
        };
        readonly Validity: {
            /** @description Snapshot times: from the first one that shows this decision under this condition, until the first one that does not. */
            readonly valid: {
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description Null while it is so.
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string | null;
            };
            /** @description When that was known: when these two scans were evaluated. */
            readonly known: {
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description Null while it is so.
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string | null;
            };
            /** @description Whether it ends only because nobody could read it any more, so that it may have gone on. */
            readonly isUnreadAfter: boolean;
            /** @description Stretches in between that nobody could read, with the same answer before and after. Snapshot times. */
            readonly unread: readonly {
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string;
            }[];
        };
        readonly Principal: {
            readonly id: string;
            readonly arn: string;
            readonly kind: components["schemas"]["PrincipalKind"];
            /** @description Null for AWS services and for anyone at all. */
            readonly accountId: string | null;
            readonly name: string;
            /**
             * Format: date-time
             * @description Time of the first snapshot that shows it.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly firstSeenAt: string;
            /**
             * Format: date-time
             * @description Time of the first snapshot that could have shown it and did not; null while it exists.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly goneSince: string | null;
        };
        /** @description What one principal may do with one action. What is not listed is denied. */
        readonly ListedAccess: {
            readonly principal: {
                readonly id: string;
                readonly arn: string;
                readonly kind: components["schemas"]["PrincipalKind"];
                readonly accountId: string | null;
                readonly name: string;
            };
            /** @description Null for actions of the registry that have no repository. */
            readonly repository: {
                readonly id: number;
                readonly arn: string;
                readonly name: string;
            } | null;
            /** @description Of the registry. */
            readonly accountId: string;
            readonly region: string;
            /** @description An action (`ecr:PutImage`) or a capability (`push`). */
            readonly action: string;
            /** @enum {string} */
            readonly decision: "allowed" | "conditional" | "unknown";
            /** @description The residual in words. */
            readonly condition: string | null;
            readonly residual: components["schemas"]["Residual"] | null;
            readonly reasons: readonly components["schemas"]["Reason"][];
            readonly limits: readonly components["schemas"]["EvaluationLimit"][];
            /** @description Null without `unusedSince`. */
            readonly use: {
                /** @enum {string} */
                readonly status: "unused" | "notKnown";
                /**
                 * Format: date-time
                 * @description Of the window in which its use would have shown.
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string | null;
                /**
                 * @description By the length of the window.
                 * @enum {string|null}
                 */
                readonly confidence: "low" | "medium" | "high" | null;
                /** @description Why it is not known. */
                readonly reason: string | null;
            } | null;
        };
        /** @description The stretches in which events were seen without a hole. Outside of them nothing says that there was no use. */
        readonly ActivityCoverage: {
            /** @description Whether every event was seen in the stretches below. */
            readonly isComplete: boolean;
            readonly places: readonly {
                readonly accountId: string;
                readonly region: string;
                /** @enum {string} */
                readonly status: "complete" | "partial" | "notReadable";
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string | null;
                readonly detail: string | null;
            }[];
        };
        /** @description What one principal did on one resource. */
        readonly Activity: {
            readonly principal: {
                /** @description Its unique id, or what stands for it where the events do not give one. */
                readonly key: string;
                readonly kind: string;
                readonly accountId: string | null;
                readonly arn: string | null;
                readonly name: string | null;
            };
            /** @description Of the registry. */
            readonly accountId: string;
            readonly region: string;
            /** @description Its name; null for the registry itself. */
            readonly repository: string | null;
            readonly repositoryArn: string | null;
            readonly action: string;
            /** @enum {string} */
            readonly source: "lookupEvents" | "logFile";
            /** @description The AWS service that made the calls. */
            readonly onBehalfOf: string | null;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly firstAt: string;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly lastAt: string;
            readonly events: number;
        };
        /** @description One thing that findings look for. */
        readonly Rule: {
            /** @example ECR-PUB-PUSH */
            readonly id: string;
            /** @description What it reads: `state`, `difference` or `event`. */
            readonly kinds: readonly string[];
            /**
             * @description Whether a scan that does not show it any more says that it is over.
             * @enum {string}
             */
            readonly life: "state" | "occurrence";
            /** @description Without which it cannot judge, besides a snapshot. */
            readonly needs: string | null;
            /** @enum {string} */
            readonly severity: "critical" | "high" | "medium" | "low" | "info";
            /**
             * @description Where none of the repositories is production.
             * @enum {string}
             */
            readonly outsideProduction: "critical" | "high" | "medium" | "low" | "info";
            readonly what: string;
            readonly why: string;
            readonly remedy: string;
        };
        /**
         * @description `archived`: somebody approved it, until the exception ends or the access outgrows it.
         * @enum {string}
         */
        readonly FindingStatus: "active" | "archived" | "resolved";
        /**
         * @description The gravest first.
         * @enum {string}
         */
        readonly Severity: "critical" | "high" | "medium" | "low" | "info";
        readonly Finding: {
            readonly ruleId: string;
            /** @enum {string} */
            readonly severity: "critical" | "high" | "medium" | "low" | "info";
            readonly accountId: string | null;
            readonly region: string | null;
            readonly resource: string;
            readonly principal: {
                readonly id: string;
                readonly arn: string | null;
            } | null;
            readonly fingerprint: string;
            readonly title: string;
            readonly what: string;
            readonly why: string;
            readonly remedy: string;
            readonly repositories: {
                readonly count: number;
                readonly inProduction: number;
                readonly examples: readonly string[];
            };
            readonly scope: {
                readonly repositories: readonly string[];
                readonly rights: readonly string[];
                readonly conditions: readonly string[];
                readonly principals?: readonly string[];
                readonly toCome?: readonly string[];
            };
            readonly reasons: readonly {
                /** @enum {string} */
                readonly policyType: "identity" | "permissionsBoundary" | "session" | "scp" | "rcp" | "repository" | "registry" | "default";
                readonly policy: string;
                readonly statement: string;
                /** @enum {string} */
                readonly effect: "Allow" | "Deny";
                readonly via: string;
            }[];
            readonly doubts: readonly string[];
            readonly status: components["schemas"]["FindingStatus"];
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly openedAt: string;
            /**
             * Format: date-time
             * @description When its severity or scope became what they are.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly changedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly resolvedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly reopenedAt: string | null;
            readonly acknowledged: {
                readonly by: string;
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly at: string;
            } | null;
            /** Format: uuid */
            readonly exceptionId: string | null;
            /** @description Why a scan that does not show it did not resolve it: what could not be read. */
            readonly unseen: string | null;
        };
        readonly FindingChange: {
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly at: string;
            /** @enum {string} */
            readonly kind: "opened" | "changed" | "resolved" | "reopened" | "archived" | "acknowledged";
            /** @description Null for a scan. */
            readonly by: string | null;
            readonly why: string | null;
            readonly severity: components["schemas"]["Severity"];
            /** Format: uuid */
            readonly scanId: string | null;
            readonly cause: components["schemas"]["FindingCause"] | null;
        };
        /** @description The call that made it, or what remains as explanation where none was seen. */
        readonly FindingCause: {
            readonly cause: {
                readonly eventId: string;
                readonly eventName: string;
                readonly actor: string;
                readonly sourceAddress: string | null;
                readonly time: string;
            } | null;
            readonly explanation: string | null;
        };
        readonly Acknowledgement: {
            /** @description Whom the caller speaks for. */
            readonly by?: string;
        };
        readonly Delivery: {
            /** @description Of the message, which goes to several sinks. */
            readonly id: number;
            readonly sink: string;
            /**
             * @description `skipped`: the sink does not tell such messages. `dead`: given up, until somebody sends it again.
             * @enum {string}
             */
            readonly state: "waiting" | "delivered" | "skipped" | "dead";
            /** @example alert */
            readonly kind: string;
            readonly target: string;
            /** Format: uuid */
            readonly scanId: string;
            readonly title: string | null;
            readonly severity: string | null;
            /** @description How many findings it tells of. */
            readonly findings: number;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description What it waits for: quiet hours, or the daily digest.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly notBefore: string | null;
            readonly attempts: number;
            /**
             * Format: date-time
             * @description Null where nothing is tried any more.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly nextAttemptAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly settledAt: string | null;
            /** @description What the sink said last; no secret. */
            readonly lastFailure: string | null;
        };
        readonly Exception: {
            /** Format: uuid */
            readonly id: string;
            readonly targetKey: string;
            /** @example 3f1c9d0e5b7a4c218f6d3e2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c */
            readonly fingerprint: string;
            readonly approvedBy: string;
            readonly reason: string;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly approvedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly until: string;
            /** @enum {string} */
            readonly source: "api" | "cli" | "slack" | "file";
            readonly severity: components["schemas"]["Severity"] & unknown;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly withdrawnAt: string | null;
            readonly withdrawnBy: string | null;
            readonly findingStatus: components["schemas"]["FindingStatus"] & (string | null);
            readonly findingTitle: string | null;
            readonly accountId: string | null;
        };
        readonly ExceptionRequest: {
            /** @example 3f1c9d0e5b7a4c218f6d3e2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c */
            readonly fingerprint: string;
            /** @example The partner pulls until the contract ends. */
            readonly reason: string;
            /**
             * Format: date-time
             * @example 2099-03-31T00:00:00Z
             */
            readonly until: string;
            /** @description Whom the caller speaks for. */
            readonly approvedBy?: string;
        };
        readonly Baseline: {
            readonly id: number;
            readonly targetKey: string;
            /** @description Null is the whole target. */
            readonly accountId: string | null;
            /** Format: uuid */
            readonly scanId: string;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly takenAt: string;
            readonly approvedBy: string;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly approvedAt: string;
            readonly reason: string | null;
        };
        readonly BaselineRequest: {
            /**
             * Format: uuid
             * @description The latest one where none is named.
             * @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11
             */
            readonly scan?: string;
            /**
             * @description Only for this account.
             * @example 111122223333
             */
            readonly accountId?: string;
            readonly reason?: string;
            /** @description Whom the caller speaks for. */
            readonly approvedBy?: string;
        };
        readonly Drift: {
            /** @enum {string} */
            readonly kind: "granted" | "revoked" | "widened" | "narrowed" | "altered";
            /** @description False where something that was not read keeps it open. */
            readonly isCertain: boolean;
            /** @description Whether its principals or repositories came or went. */
            readonly lifecycle: string | null;
            readonly principals?: readonly Record<string, never>[];
            /** @description ARNs. */
            readonly repositories?: readonly string[];
            readonly registries?: readonly Record<string, never>[];
            readonly capabilities: readonly string[];
            readonly actions: readonly string[];
            readonly before?: Record<string, never>;
            readonly after?: Record<string, never>;
            /** @description `ordinal` of the differences that made it. */
            readonly differences: readonly number[];
            /** @description Whether none of them does it alone. */
            readonly together: boolean;
            readonly unread: readonly string[];
        };
        readonly Difference: {
            readonly ordinal: number;
            readonly kind: string;
            readonly accountId: string | null;
            readonly region: string | null;
            readonly content?: Record<string, never>;
            /** @description The calls that made it, with who stands behind them, or which explanation remains. */
            readonly cause?: Record<string, never>;
        };
        /** @description Access that became other in the same way for the same reasons. */
        readonly DriftBetween: {
            /** @enum {string} */
            readonly kind: "granted" | "revoked" | "widened" | "narrowed" | "altered";
            /** @description False where something that was not read keeps it open. */
            readonly isCertain: boolean;
            /** @description Whether its principals or repositories came or went. */
            readonly lifecycle: string | null;
            readonly principals: readonly components["schemas"]["PrincipalRef"][];
            /** @description ARNs; empty for actions of a registry. */
            readonly repositories: readonly string[];
            readonly registries: readonly {
                readonly accountId: string;
                readonly region: string;
            }[];
            readonly capabilities: readonly string[];
            readonly actions: readonly string[];
            readonly before: {
                /** @enum {string} */
                readonly decision: "allowed" | "conditional" | "unknown" | "denied";
                readonly residual: components["schemas"]["Residual"] | null;
                /** @description The residual in words. */
                readonly condition: string | null;
            };
            readonly after: {
                /** @enum {string} */
                readonly decision: "allowed" | "conditional" | "unknown" | "denied";
                readonly residual: components["schemas"]["Residual"] | null;
                /** @description The residual in words. */
                readonly condition: string | null;
            };
            /** @description `index` of the differences that made it. */
            readonly differences: readonly number[];
            /** @description Whether none of them does it alone. */
            readonly together: boolean;
            /** @description What was not read. */
            readonly unread: readonly string[];
        };
        /** @description A fact of the configuration that is another in the later scan. */
        readonly DifferenceBetween: {
            readonly index: number;
            readonly kind: string;
            /** @enum {string} */
            readonly change: "added" | "removed" | "changed";
            /** @description What it is about: `role:ACCOUNT/NAME`, `policy:ARN`. */
            readonly subjects: readonly string[];
            readonly accountId: string | null;
            readonly region: string | null;
            readonly policy: string | null;
            readonly statements: readonly {
                readonly [key: string]: unknown;
            }[];
            readonly before: string | null;
            readonly after: string | null;
            readonly concernsEcr: boolean;
            /** @description The calls that made it, with who stands behind them, or which explanation remains. */
            readonly cause: {
                readonly [key: string]: unknown;
            } | null;
        };
        readonly GoneUser: {
            readonly key: string;
            readonly accountId: string | null;
            readonly arn: string | null;
            readonly events: number;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly lastUsedAt: string;
            /** @description The id of the principal that has its ARN now. */
            readonly replacedBy: string | null;
        };
        readonly PrincipalUse: {
            readonly principal: {
                readonly id: string;
                readonly arn: string;
                readonly kind: components["schemas"]["PrincipalKind"];
                readonly accountId: string | null;
                readonly name: string;
            };
            readonly findings: readonly ("neverUses" | "neverPushes" | "neverDeletes" | "neverAdministers" | "outsideNeverUses" | "cannotUse")[];
            /**
             * Format: date-time
             * @description Null where no use was seen.
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly lastUsedAt: string | null;
            /** @description On how many repositories of production it holds push, administer or delete without using it. */
            readonly unusedOnProduction: number;
            readonly capabilities: readonly components["schemas"]["RightUse"][];
            readonly unusable: readonly {
                readonly capability: string;
                readonly reason: string;
                readonly missing: readonly string[];
                readonly repositories: number;
            }[];
        };
        readonly RightUse: {
            readonly right: string;
            /** @description On how many repositories; the next three come to as many. */
            readonly granted: number;
            readonly used: number;
            readonly unused: number;
            readonly notKnown: number;
            /**
             * @description The lowest of what is called unused.
             * @enum {string|null}
             */
            readonly confidence: "low" | "medium" | "high" | null;
            /** @description The shortest window of what is called unused. */
            readonly window: {
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @example 2026-11-16T06:00:00.000Z
                 */
                readonly until: string;
            } | null;
            /** @description Why something is not known. */
            readonly reasons: readonly string[];
        };
        readonly PolicyInVain: {
            /**
             * @description `idle` adds nothing to anybody; `oneSided` is allowed by one account, and not by the other.
             * @enum {string}
             */
            readonly kind: "idle" | "oneSided";
            /** @enum {string} */
            readonly of: "identity" | "repository";
            readonly policy: string;
            readonly statement: string | null;
            /** @description From whom it can be taken. */
            readonly owners: readonly string[];
            /** @description Whether it can be taken from all of them at once. */
            readonly fromAll: boolean;
            readonly because: readonly string[];
            readonly coveredBy: readonly string[];
            /** @description Whether it says nothing of other services. */
            readonly isOnlyEcr: boolean;
            readonly actions: readonly string[];
            readonly principals: readonly string[];
            readonly repositories: readonly string[];
        };
        readonly Suggestion: {
            /** @enum {string} */
            readonly kind: "suggested" | "refused" | "proofFailed";
            /** @description For a principal: managed policies. */
            readonly documents?: readonly {
                readonly Version: string;
                readonly Statement: readonly {
                    readonly [key: string]: unknown;
                }[];
            }[];
            /** @description For a repository: its policy; null where none is needed. */
            readonly document?: {
                readonly Version: string;
                readonly Statement: readonly {
                    readonly [key: string]: unknown;
                }[];
            } | null;
            /** @description The policies whose Allow statements about ECR it takes the place of. */
            readonly replaces?: readonly string[];
            readonly notes?: readonly string[];
            /** @description What is kept, and what is taken away because it was not used. */
            readonly proof?: {
                readonly [key: string]: unknown;
            };
            /** @description Why there is none. */
            readonly code?: string;
            readonly message?: string;
        } & {
            readonly [key: string]: unknown;
        };
        readonly ManagedPolicy: {
            readonly arn: string;
            readonly name: string;
            readonly version: string | null;
            readonly allows: readonly components["schemas"]["PolicySays"][];
            readonly denies: readonly components["schemas"]["PolicySays"][];
            /** @description False where something of it cannot be read, and may say more. */
            readonly isWhole: boolean;
            readonly problems: readonly {
                readonly [key: string]: unknown;
            }[];
            /** @description How many users and roles hold it, themselves or through a group. */
            readonly principals: number;
            /** @description How many have it as their permissions boundary. */
            readonly boundaries: number;
            /** @description ARNs of those who would have nothing of it left without this policy. */
            readonly freed: {
                readonly ecr: readonly string[];
                readonly push: readonly string[];
                readonly administer: readonly string[];
                readonly delete: readonly string[];
                readonly pull: readonly string[];
            };
        };
        readonly PolicySays: {
            readonly actions: readonly string[];
            /** @description As written; `not:PATTERN` for what is left out. */
            readonly resources: readonly string[];
            /** @description Whether a pattern that begins with `ecr:` names any of them. */
            readonly explicit: boolean;
            readonly conditional: boolean;
            /** @description Those that none of the resources can be asked for. */
            readonly withoutEffect: readonly string[];
        };
        readonly SeriesPoint: {
            /**
             * Format: date
             * @description In UTC. Days without a scan have no point.
             * @example 2026-11-16
             */
            readonly day: string;
            /**
             * Format: uuid
             * @description The last scan of the day.
             * @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11
             */
            readonly scanId: string;
            /** @description Whether that could read everything that access rests on. */
            readonly isComplete: boolean;
            /** @description Of the repositories; null for all accounts together. */
            readonly accountId: string | null;
            /**
             * @description Who has `push` or `administer` on any repository; `external`: whom of other accounts our policies let in to any, whatever their own account allows them.
             * @enum {string}
             */
            readonly measure: "push" | "administer" | "external";
            /** @description Those that certainly do, perhaps under a condition. */
            readonly principals: number;
            /** @description Those of whom it is not known, because something could not be read. */
            readonly unknown: number;
        };
        readonly Explanation: {
            readonly principal: string;
            /** @enum {string} */
            readonly principalKind: "user" | "role" | "session" | "federatedUser" | "root" | "service" | "external";
            readonly action: string;
            /** @enum {string|null} */
            readonly needs: "all" | "any" | null;
            readonly resource: string;
            readonly region: string | null;
            /** @enum {string} */
            readonly decision: "allowed" | "explicitDeny" | "implicitDeny" | "conditional" | "unknown";
            readonly residual: components["schemas"]["Residual"] | null;
            /** @description The residual in words. */
            readonly condition: string | null;
            /** @description Condition keys that decide more when the question states them. */
            readonly openKeys: readonly string[];
            readonly given: readonly {
                readonly key: string;
                readonly values: readonly string[] | null;
                readonly isAsked: boolean;
            }[];
            readonly similarRepositories: readonly string[];
            readonly reasons: readonly components["schemas"]["Reason"][];
            readonly limits: readonly components["schemas"]["EvaluationLimit"][];
            readonly actions: readonly {
                readonly action: string;
                readonly resource: string;
                /** @enum {string} */
                readonly decision: "allowed" | "explicitDeny" | "implicitDeny" | "conditional" | "unknown";
                readonly condition: string | null;
                readonly isSameAccount: boolean;
                readonly gates: readonly components["schemas"]["ExplainedGate"][];
                readonly absentGates: readonly {
                    /** @enum {string} */
                    readonly gate: "identity" | "permissionsBoundary" | "session" | "scp" | "rcp" | "resource";
                    readonly reason: string;
                }[];
            }[];
            readonly assumptions: readonly string[];
        };
        /** @description What one kind of policy says. */
        readonly ExplainedGate: {
            /** @enum {string} */
            readonly gate: "identity" | "permissionsBoundary" | "session" | "scp" | "rcp" | "resource";
            readonly label: string;
            /** @enum {string} */
            readonly verdict: "allows" | "allowsConditionally" | "noAllow" | "denies" | "deniesConditionally" | "notRead";
            readonly decides: boolean;
            readonly lacksAllow: boolean;
            readonly policies: readonly {
                readonly policy: string;
                /** @enum {string} */
                readonly policyType: "identity" | "permissionsBoundary" | "session" | "scp" | "rcp" | "repository" | "registry" | "default";
                readonly owner: components["schemas"]["PolicyOwner"];
                readonly attachment: components["schemas"]["PolicyAttachment"];
            }[];
            readonly statements: readonly components["schemas"]["ExplainedStatement"][];
            readonly unmet: readonly components["schemas"]["ExplainedStatement"][];
            readonly unread: readonly {
                readonly what: string;
                readonly why: string | null;
            }[];
        };
        /** @description Who can change a policy: an account id, an ARN or the id of the organization. */
        readonly PolicyOwner: {
            /** @enum {string} */
            readonly kind: "aws" | "account" | "principal" | "group" | "organization" | "asker";
            readonly id: string | null;
        };
        /** @description How a policy comes to have a say. */
        readonly PolicyAttachment: {
            /** @enum {string} */
            readonly kind: "direct";
        } | {
            /** @enum {string} */
            readonly kind: "inline";
        } | {
            /** @enum {string} */
            readonly kind: "group";
            readonly group: string;
            readonly isInline: boolean;
        } | {
            /** @enum {string} */
            readonly kind: "boundary";
        } | {
            /** @enum {string} */
            readonly kind: "session";
        } | {
            /** @enum {string} */
            readonly kind: "scp" | "rcp";
            /** @enum {string} */
            readonly level: "root" | "ou" | "account";
            readonly id: string;
            readonly name: string;
        } | {
            /** @enum {string} */
            readonly kind: "repository";
            readonly repository: string;
        } | {
            /** @enum {string} */
            readonly kind: "registry";
            readonly accountId: string;
            readonly region: string | null;
        };
        readonly ExplainedStatement: {
            /** @enum {string} */
            readonly policyType: "identity" | "permissionsBoundary" | "session" | "scp" | "rcp" | "repository" | "registry" | "default";
            readonly policy: string;
            /** @description Its Sid, or its index where it has none. */
            readonly statement: string;
            /** @enum {string} */
            readonly effect: "Allow" | "Deny";
            readonly via: string;
            readonly owner: components["schemas"]["PolicyOwner"];
            readonly attachment: components["schemas"]["PolicyAttachment"];
            readonly sid: string | null;
            readonly index: number;
            /** @enum {string|null} */
            readonly names: "direct" | "role" | "account" | null;
            readonly isNotPrincipal: boolean;
            /** @description What is left open; null where it applies in any case. */
            readonly condition: string | null;
            readonly residual: components["schemas"]["Residual"] | null;
            /** @description The whole condition, met or not. */
            readonly writtenCondition: string | null;
            readonly decides: boolean;
        };
        readonly ExplainRequest: {
            readonly id?: string | number;
            readonly principal: string;
            readonly action: string;
            readonly resource: string;
            readonly region?: string;
            readonly context?: {
                readonly [key: string]: string | number | boolean | readonly (string | number | boolean)[] | null;
            };
            readonly contextComplete?: boolean;
            readonly sessionPolicies?: readonly unknown[];
            /**
             * Format: uuid
             * @description A completed scan to explain from; the latest one of all where none is named.
             * @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11
             */
            readonly scan?: string;
        };
        readonly Rehearsal: {
            readonly changes: readonly {
                readonly [key: string]: string;
            }[];
            /** @description How much was compared; the rest cannot differ. */
            readonly compared: {
                readonly principals: number;
                readonly repositories: number;
            };
            /** @description What could not be read into the snapshot may hold more that changes. */
            readonly gaps: number;
            /** @description ARNs of those where anything changes. */
            readonly repositories: readonly string[];
            /** @description Lists of places in `repositories`. */
            readonly repositorySets: readonly (readonly number[])[];
            /** @description Principals for which everything changes alike, what matters most first. */
            readonly groups: readonly {
                readonly principals: readonly components["schemas"]["PrincipalRef"][];
                readonly changes: readonly components["schemas"]["RehearsedChange"][];
            }[];
            readonly use: components["schemas"]["RehearsedUse"];
        };
        readonly RehearsedChange: {
            /**
             * @description `widened` and `narrowed`: a condition less or more. `altered`: another condition, neither wider nor narrower as far as can be told.
             * @enum {string}
             */
            readonly kind: "gained" | "lost" | "widened" | "narrowed" | "altered";
            /** @description False where either side is `unknown`. */
            readonly isCertain: boolean;
            readonly capabilities: readonly ("pull" | "push" | "delete" | "administer" | "replicate")[];
            readonly actions: readonly string[];
            readonly before: components["schemas"]["RehearsedSide"];
            readonly after: components["schemas"]["RehearsedSide"];
            /** @description The place of its list in `repositorySets`; null for actions of registries. */
            readonly repositories: number | null;
            readonly registries: readonly {
                readonly accountId: string;
                readonly region: string;
            }[];
        };
        readonly RehearsedSide: {
            /** @enum {string} */
            readonly decision: "allowed" | "conditional" | "unknown" | "denied";
            readonly residual: components["schemas"]["Residual"] | null;
            /** @description The residual in words. */
            readonly condition: string | null;
        };
        readonly RehearsedUse: {
            /** @enum {string} */
            readonly kind: "notKnown";
        } | {
            /** @enum {string} */
            readonly kind: "known";
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly since: string;
            readonly atStake: readonly components["schemas"]["UseAtStake"][];
            /** @description Registries whose events were not seen whole since then: there may be more use. */
            readonly unobserved: readonly {
                readonly accountId: string;
                readonly region: string;
            }[];
        };
        /** @description A use that would not be possible any more, or only under another condition. */
        readonly UseAtStake: {
            readonly principal: components["schemas"]["PrincipalRef"];
            readonly repository: string | null;
            readonly accountId: string;
            readonly region: string;
            readonly action: string;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly lastUsedAt: string;
            /** @enum {string} */
            readonly kind: "lost" | "narrowed" | "altered";
            readonly isCertain: boolean;
            readonly loses: readonly string[];
        };
        readonly RehearsalRequest: {
            /**
             * @description Changes, made one after the other: `change` is a word such as `setRepositoryPolicy`, beside what that takes. `ecr-audit rehearse --help` lists them.
             * @example [
             *       {
             *         "change": "deleteRepositoryPolicy",
             *         "repository": "arn:aws:ecr:eu-west-1:111122223333:repository/team/app"
             *       }
             *     ]
             */
            readonly changes: readonly unknown[];
            /**
             * Format: uuid
             * @description A completed scan to rehearse on; the latest one of all where none is named.
             * @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11
             */
            readonly scan?: string;
            /**
             * @description How many days of use before the scan count.
             * @default 90
             */
            readonly days?: number;
        };
        readonly LoggedAction: {
            readonly id: number;
            /**
             * Format: date-time
             * @example 2026-11-16T06:00:00.000Z
             */
            readonly at: string;
            readonly actor: {
                /**
                 * @description `local`: whoever asked a service without a login. `cli`: the command line.
                 * @enum {string}
                 */
                readonly kind: "token" | "oidc" | "local" | "cli";
                /** @description Of the token; issuer and subject. */
                readonly id: string;
                readonly name: string;
            };
            /** @example listRepositories */
            readonly operation: string;
            readonly isChange: boolean;
            readonly method: string | null;
            readonly path: string | null;
            readonly parameters: {
                readonly [key: string]: unknown;
            };
            readonly status: number | null;
            readonly requestId: string | null;
            /** @description Equal reads within a moment are one entry. */
            readonly times: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The process answers. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "alive"
                     *     }
                     */
                    readonly "application/json": {
                        /** @enum {string} */
                        readonly status: "alive";
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Requests can be answered. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "database": "reachable",
                     *       "migrations": "current"
                     *     }
                     */
                    readonly "application/json": {
                        /** @enum {string} */
                        readonly status: "ready";
                        /** @enum {string} */
                        readonly database: "reachable";
                        /** @enum {string} */
                        readonly migrations: "current";
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getOpenApiDocument: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description An OpenAPI 3.1 document. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0",
                     *       "info": {
                     *         "title": "ecr-audit",
                     *         "version": "1.0.0",
                     *         "description": "Who may do what with which Amazon ECR repository, because of which statement and under which condition. Every answer names the scan that it describes. The examples are about the sample organization that `ecr-audit demo` serves.",
                     *         "license": {
                     *           "name": "Apache-2.0",
                     *           "identifier": "Apache-2.0"
                     *         }
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly openapi: string;
                    } & {
                        readonly [key: string]: unknown;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getDocumentation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html> */
                    readonly "text/html": string;
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listScans: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: id, target, target.key, target.name, source, status, requestedAt, takenAt, completedAt, failure, counts, counts.opened, counts.closed, counts.unchanged, gaps, onlyAccounts.
                 * @example id,target
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /** @example completed */
                readonly status?: "requested" | "collecting" | "evaluating" | "completed" | "failed";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Scans. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "target": {
                     *             "key": "organization:o-lk7parcel42",
                     *             "name": "o-lk7parcel42"
                     *           },
                     *           "source": "snapshot",
                     *           "status": "completed",
                     *           "requestedAt": "2026-11-16T06:05:00.000Z",
                     *           "takenAt": "2026-11-16T06:00:00.000Z",
                     *           "completedAt": "2026-11-16T06:05:00.000Z",
                     *           "failure": null,
                     *           "counts": {
                     *             "opened": 4913,
                     *             "closed": 2081,
                     *             "unchanged": 17769
                     *           },
                     *           "gaps": 3,
                     *           "onlyAccounts": null
                     *         },
                     *         {
                     *           "id": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *           "target": {
                     *             "key": "organization:o-lk7parcel42",
                     *             "name": "o-lk7parcel42"
                     *           },
                     *           "source": "snapshot",
                     *           "status": "completed",
                     *           "requestedAt": "2026-11-16T06:05:00.000Z",
                     *           "takenAt": "2026-11-09T06:00:00.000Z",
                     *           "completedAt": "2026-11-16T06:05:00.000Z",
                     *           "failure": null,
                     *           "counts": {
                     *             "opened": 19850,
                     *             "closed": 0,
                     *             "unchanged": 0
                     *           },
                     *           "gaps": 1,
                     *           "onlyAccounts": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Scan"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example id,target.key,target.name,source,status,requestedAt,takenAt,completedAt,failure,counts.opened,counts.closed,counts.unchanged,gaps,onlyAccounts
                     *     0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11,organization:o-lk7parcel42,o-lk7parcel42,snapshot,completed,2026-11-23T03:48:39.425Z,2026-11-16T06:00:00.000Z,2026-11-23T03:48:44.944Z,,4913,2081,17769,3,
                     *     5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a,organization:o-lk7parcel42,o-lk7parcel42,snapshot,completed,2026-11-23T03:48:35.291Z,2026-11-09T06:00:00.000Z,2026-11-23T03:48:38.583Z,,19850,0,0,1,
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"id":"0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11","target":{"key":"organization:o-lk7parcel42","name":"o-lk7parcel42"},"source":"snapshot","status":"completed","requestedAt":"2026-11-16T06:05:00.000Z","takenAt":"2026-11-16T06:00:00.000Z","completedAt":"2026-11-16T06:05:00.000Z","failure":null,"counts":{"opened":4913,"closed":2081,"unchanged":17769},"gaps":3,"onlyAccounts":null}
                     *     {"id":"5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a","target":{"key":"organization:o-lk7parcel42","name":"o-lk7parcel42"},"source":"snapshot","status":"completed","requestedAt":"2026-11-16T06:05:00.000Z","takenAt":"2026-11-09T06:00:00.000Z","completedAt":"2026-11-16T06:05:00.000Z","failure":null,"counts":{"opened":19850,"closed":0,"unchanged":0},"gaps":1,"onlyAccounts":null}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly requestScan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "target": "organization:o-lk7parcel42",
                 *       "accounts": [
                 *         "333344445555"
                 *       ]
                 *     }
                 */
                readonly "application/json": components["schemas"]["ScanRequest"];
            };
        };
        readonly responses: {
            /** @description The scan as it stands. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "scan": {
                     *         "id": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "source": "aws",
                     *         "status": "requested",
                     *         "requestedAt": "2026-11-16T06:05:00.000Z",
                     *         "takenAt": null,
                     *         "completedAt": null,
                     *         "failure": null,
                     *         "counts": null,
                     *         "gaps": 0,
                     *         "onlyAccounts": [
                     *           "333344445555"
                     *         ]
                     *       },
                     *       "isNew": true
                     *     }
                     */
                    readonly "application/json": {
                        readonly scan: components["schemas"]["Scan"];
                        /** @description False where the same scan was asked for before and has not started yet. */
                        readonly isNew: boolean;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getScan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The scan. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "scan": {
                     *         "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "source": "snapshot",
                     *         "status": "completed",
                     *         "requestedAt": "2026-11-16T06:05:00.000Z",
                     *         "takenAt": "2026-11-16T06:00:00.000Z",
                     *         "completedAt": "2026-11-16T06:05:00.000Z",
                     *         "failure": null,
                     *         "counts": {
                     *           "opened": 4913,
                     *           "closed": 2081,
                     *           "unchanged": 17769
                     *         },
                     *         "gaps": 3,
                     *         "onlyAccounts": null
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly scan: components["schemas"]["Scan"];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getScanCoverage: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Coverage and gaps. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "scan": {
                     *         "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "source": "snapshot",
                     *         "status": "completed",
                     *         "requestedAt": "2026-11-16T06:05:00.000Z",
                     *         "takenAt": "2026-11-16T06:00:00.000Z",
                     *         "completedAt": "2026-11-16T06:05:00.000Z",
                     *         "failure": null,
                     *         "counts": {
                     *           "opened": 4913,
                     *           "closed": 2081,
                     *           "unchanged": 17769
                     *         },
                     *         "gaps": 3,
                     *         "onlyAccounts": null
                     *       },
                     *       "isComplete": false,
                     *       "coverage": [
                     *         {
                     *           "accountId": "111122223333",
                     *           "region": null,
                     *           "source": "iam",
                     *           "status": "complete",
                     *           "detail": null,
                     *           "readAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         {
                     *           "accountId": "111122223333",
                     *           "region": null,
                     *           "source": "organization",
                     *           "status": "complete",
                     *           "detail": null,
                     *           "readAt": "2026-11-16T06:00:00.000Z"
                     *         }
                     *       ],
                     *       "gaps": [
                     *         {
                     *           "accountId": "444455556666",
                     *           "region": "us-east-1",
                     *           "source": "ecr:GetRepositoryPolicy",
                     *           "resource": "arn:aws:ecr:us-east-1:444455556666:repository/lambda/address-check",
                     *           "reason": "accessDenied",
                     *           "message": "cannot read repository policy of `lambda/address-check`: access denied"
                     *         },
                     *         {
                     *           "accountId": "666677778888",
                     *           "region": "us-east-1",
                     *           "source": "cloudtrail:LookupEvents",
                     *           "resource": null,
                     *           "reason": "throttled",
                     *           "message": "cannot read all events: throttled"
                     *         }
                     *       ],
                     *       "nextCursor": "WyJjb3ZlcmFnZSIsbnVsbCx7ImNvdmVyYWdlIjp7ImFjY291bnRJZCI6IjExMTEyMjIyMzMzMyIsInJlZ2lvbiI6bnVsbCwic291cmNlIjoib3JnYW5pemF0aW9uIiwic3RhdHVzIjoiY29tcGxldGUiLCJkZXRhaWwiOm51bGwsInJlYWRBdCI6IjIwMjYtMTEtMTZUMDY6MDA6MDAuMDAwWiJ9LCJnYXAiOjR9XQ"
                     *     }
                     */
                    readonly "application/json": {
                        readonly scan: components["schemas"]["Scan"];
                        /** @description Whether everything that access rests on was read. */
                        readonly isComplete: boolean;
                        readonly coverage: readonly components["schemas"]["Coverage"][];
                        readonly gaps: readonly components["schemas"]["CollectionGap"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly followScan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Events. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: progress
                     *     data: {"status":"completed","steps":{"done":0,"total":0},"gaps":3}
                     *
                     *     event: completed
                     *     data: {"scan":{"id":"0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11","target":{"key":"organization:o-lk7parcel42","name":"o-lk7parcel42"},"source":"snapshot","status":"completed","requestedAt":"2026-11-16T06:05:00.000Z","takenAt":"2026-11-16T06:00:00.000Z","completedAt":"2026-11-16T06:05:00.000Z","failure":null,"counts":{"opened":4913,"closed":2081,"unchanged":17769},"gaps":3,"onlyAccounts":null}}
                     */
                    readonly "text/event-stream": string;
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listOrganizations: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: key, name, kind, accounts, principals, repositories, scansUnderWay, latest.
                 * @example key,name
                 */
                readonly fields?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Organizations. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42",
                     *           "kind": "organization",
                     *           "accounts": 7,
                     *           "principals": 112,
                     *           "repositories": 50,
                     *           "scansUnderWay": 1,
                     *           "latest": {
                     *             "scan": {
                     *               "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *               "takenAt": "2026-11-16T06:00:00.000Z"
                     *             },
                     *             "target": {
                     *               "key": "organization:o-lk7parcel42",
                     *               "name": "o-lk7parcel42"
                     *             },
                     *             "coverage": {
                     *               "isComplete": false,
                     *               "gaps": 3
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Organization"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example key,name,kind,accounts,principals,repositories,scansUnderWay,latest
                     *     organization:o-lk7parcel42,o-lk7parcel42,organization,7,112,50,1,"{""scan"":{""id"":""0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11"",""takenAt"":""2026-11-16T06:00:00.000Z""},""target"":{""key"":""organization:o-lk7parcel42"",""name"":""o-lk7parcel42""},""coverage"":{""isComplete"":false,""gaps"":3}}"
                     */
                    readonly "text/csv": string;
                    /** @example {"key":"organization:o-lk7parcel42","name":"o-lk7parcel42","kind":"organization","accounts":7,"principals":112,"repositories":50,"scansUnderWay":1,"latest":{"scan":{"id":"0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11","takenAt":"2026-11-16T06:00:00.000Z"},"target":{"key":"organization:o-lk7parcel42","name":"o-lk7parcel42"},"coverage":{"isComplete":false,"gaps":3}}} */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listAccounts: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: accountId, name, path, coverage.
                 * @example accountId,name
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Accounts. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "items": [
                     *         {
                     *           "accountId": "111122223333",
                     *           "name": "larkfield-management",
                     *           "path": "Root",
                     *           "coverage": [
                     *             {
                     *               "region": null,
                     *               "source": "iam",
                     *               "status": "complete",
                     *               "detail": null
                     *             },
                     *             {
                     *               "region": null,
                     *               "source": "organization",
                     *               "status": "complete",
                     *               "detail": null
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "accountId": "222233334444",
                     *           "name": "larkfield-security",
                     *           "path": "Root/Security",
                     *           "coverage": [
                     *             {
                     *               "region": null,
                     *               "source": "iam",
                     *               "status": "complete",
                     *               "detail": null
                     *             },
                     *             {
                     *               "region": null,
                     *               "source": "organization",
                     *               "status": "complete",
                     *               "detail": null
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "WyJhY2NvdW50cyIsIjBiMGM3YzFlLTFkMGUtNGM1NS05ZjBjLTZiOGY2ZjBmNGExMSIsIjIyMjIzMzMzNDQ0NCJd"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly items: readonly components["schemas"]["Account"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example accountId,name,path,coverage
                     *     111122223333,larkfield-management,Root,"[{""region"":null,""source"":""iam"",""status"":""complete"",""detail"":null},{""region"":null,""source"":""organization"",""status"":""complete"",""detail"":null},{""region"":""eu-west-1"",""source"":""cloudtrail"",""status"":""complete"",""detail"":null},{""region"":""eu-west-1"",""source"":""ecr"",""status"":""complete"",""detail"":null},{""region"":""us-east-1"",""source"":""cloudtrail"",""status"":""complete"",""detail"":null},{""region"":""us-east-1"",""source"":""ecr"",""status"":""complete"",""detail"":null}]"
                     *     222233334444,larkfield-security,Root/Security,"[{""region"":null,""source"":""iam"",""status"":""complete"",""detail"":null},{""region"":null,""source"":""organization"",""status"":""complete"",""detail"":null},{""region"":""eu-west-1"",""source"":""cloudtrail"",""status"":""complete"",""detail"":null},{""region"":""eu-west-1"",""source"":""ecr"",""status"":""complete"",""detail"":null},{""region"":""us-east-1"",""source"":""cloudtrail"",""status"":""complete"",""detail"":null},{""region"":""us-east-1"",""source"":""ecr"",""status"":""complete"",""detail"":null}]"
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"accountId":"111122223333","name":"larkfield-management","path":"Root","coverage":[{"region":null,"source":"iam","status":"complete","detail":null},{"region":null,"source":"organization","status":"complete","detail":null},{"region":"eu-west-1","source":"cloudtrail","status":"complete","detail":null},{"region":"eu-west-1","source":"ecr","status":"complete","detail":null},{"region":"us-east-1","source":"cloudtrail","status":"complete","detail":null},{"region":"us-east-1","source":"ecr","status":"complete","detail":null}]}
                     *     {"accountId":"222233334444","name":"larkfield-security","path":"Root/Security","coverage":[{"region":null,"source":"iam","status":"complete","detail":null},{"region":null,"source":"organization","status":"complete","detail":null},{"region":"eu-west-1","source":"cloudtrail","status":"complete","detail":null},{"region":"eu-west-1","source":"ecr","status":"complete","detail":null},{"region":"us-east-1","source":"cloudtrail","status":"complete","detail":null},{"region":"us-east-1","source":"ecr","status":"complete","detail":null}]}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listCoverage: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: accountId, region, source, status, detail, readAt, gapsTotal, gaps.
                 * @example accountId,region
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Only this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /** @example eu-west-1 */
                readonly region?: string;
                /** @example cloudtrail */
                readonly source?: "iam" | "ecr" | "cloudtrail" | "organization";
                /** @example complete */
                readonly status?: "complete" | "partial" | "notReadable";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Coverage. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "items": [
                     *         {
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "source": "cloudtrail",
                     *           "status": "complete",
                     *           "detail": null,
                     *           "readAt": "2026-11-16T06:00:00.000Z",
                     *           "gapsTotal": 0,
                     *           "gaps": []
                     *         },
                     *         {
                     *           "accountId": "333344445555",
                     *           "region": "us-east-1",
                     *           "source": "cloudtrail",
                     *           "status": "complete",
                     *           "detail": null,
                     *           "readAt": "2026-11-16T06:00:00.000Z",
                     *           "gapsTotal": 0,
                     *           "gaps": []
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly items: readonly components["schemas"]["PlaceCoverage"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example accountId,region,source,status,detail,readAt,gapsTotal,gaps
                     *     333344445555,eu-west-1,cloudtrail,complete,,2026-11-16T06:00:00.000Z,0,
                     *     333344445555,us-east-1,cloudtrail,complete,,2026-11-16T06:00:00.000Z,0,
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"accountId":"333344445555","region":"eu-west-1","source":"cloudtrail","status":"complete","detail":null,"readAt":"2026-11-16T06:00:00.000Z","gapsTotal":0,"gaps":[]}
                     *     {"accountId":"333344445555","region":"us-east-1","source":"cloudtrail","status":"complete","detail":null,"readAt":"2026-11-16T06:00:00.000Z","gapsTotal":0,"gaps":[]}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRepositories: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: id, arn, accountId, region, name, firstSeenAt, goneSince.
                 * @example id,arn
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Only repositories of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /** @example eu-west-1 */
                readonly region?: string;
                /**
                 * @description Only repositories whose name begins with this, letter by letter.
                 * @example payments/
                 */
                readonly namePrefix?: string;
                /**
                 * @description Only repositories with such a name, letter by letter; `*` stands for any characters.
                 * @example payments/*
                 */
                readonly name?: string;
                /**
                 * @description By ARN, with a minus downwards.
                 * @example arn
                 */
                readonly sort?: "arn" | "-arn";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Repositories. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "total": 3,
                     *       "items": [
                     *         {
                     *           "id": 17,
                     *           "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "name": "payments/fraud-model",
                     *           "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *           "goneSince": null
                     *         },
                     *         {
                     *           "id": 18,
                     *           "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/gateway",
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "name": "payments/gateway",
                     *           "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *           "goneSince": null
                     *         }
                     *       ],
                     *       "nextCursor": "WyJyZXBvc2l0b3JpZXMiLCIwYjBjN2MxZS0xZDBlLTRjNTUtOWYwYy02YjhmNmYwZjRhMTEiLCJhcm46YXdzOmVjcjpldS13ZXN0LTE6MzMzMzQ0NDQ1NTU1OnJlcG9zaXRvcnkvcGF5bWVudHMvZ2F0ZXdheSJd"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        /** @description How many entries there are on all pages together. */
                        readonly total: number;
                        readonly items: readonly components["schemas"]["Repository"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example id,arn,accountId,region,name,firstSeenAt,goneSince
                     *     17,arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model,333344445555,eu-west-1,payments/fraud-model,2026-11-09T06:00:00.000Z,
                     *     18,arn:aws:ecr:eu-west-1:333344445555:repository/payments/gateway,333344445555,eu-west-1,payments/gateway,2026-11-09T06:00:00.000Z,
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"id":17,"arn":"arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model","accountId":"333344445555","region":"eu-west-1","name":"payments/fraud-model","firstSeenAt":"2026-11-09T06:00:00.000Z","goneSince":null}
                     *     {"id":18,"arn":"arn:aws:ecr:eu-west-1:333344445555:repository/payments/gateway","accountId":"333344445555","region":"eu-west-1","name":"payments/gateway","firstSeenAt":"2026-11-09T06:00:00.000Z","goneSince":null}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getRepository: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example 17 */
                readonly id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The repository. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "repository": {
                     *         "id": 17,
                     *         "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *         "accountId": "333344445555",
                     *         "region": "eu-west-1",
                     *         "name": "payments/fraud-model",
                     *         "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *         "goneSince": null
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly repository: components["schemas"]["Repository"];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRepositoryAccess: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: principal, principal.id, principal.arn, principal.kind, principal.accountId, principal.name, repository, repository.id, repository.arn, repository.name, accountId, region, action, decision, residual, condition, reasons, limits, since, validity, validity.valid, validity.valid.from, validity.valid.until, validity.known, validity.known.from, validity.known.until, validity.isUnreadAfter, validity.unread.
                 * @example principal,principal.id
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Only this one: an action of private ECR such as `ecr:PutImage`, or a capability: `pull`, `push`, `delete`, `administer`, `replicate`.
                 * @example push
                 */
                readonly action?: string;
                /**
                 * @description Only actions, or only capabilities. Everything where nothing is said.
                 * @example action
                 */
                readonly by?: "action" | "capability" | "all";
                /** @example allowed */
                readonly decision?: "allowed" | "conditional" | "unknown";
                /**
                 * @description As it was then: of the last scan that was taken no later. Entries say how long they held. An ISO time, or days before now.
                 * @example 2026-11-10T06:00:00Z
                 */
                readonly at?: string;
                /**
                 * @description Only principals of this account.
                 * @example 333344445555
                 */
                readonly principalAccountId?: string;
                /** @example user */
                readonly principalKind?: components["schemas"]["PrincipalKind"];
                /**
                 * @description Only principals whose name begins with this, letter by letter.
                 * @example ci/
                 */
                readonly principalNamePrefix?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example 17 */
                readonly id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Who has access, and why. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "repository": {
                     *         "id": 17,
                     *         "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *         "accountId": "333344445555",
                     *         "region": "eu-west-1",
                     *         "name": "payments/fraud-model",
                     *         "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *         "goneSince": null
                     *       },
                     *       "items": [
                     *         {
                     *           "principal": {
                     *             "id": "AIDA2QNKVD6EXTXSH54D6",
                     *             "arn": "arn:aws:iam::333344445555:user/ines.duarte",
                     *             "kind": "user",
                     *             "accountId": "333344445555",
                     *             "name": "ines.duarte"
                     *           },
                     *           "repository": {
                     *             "id": 17,
                     *             "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *             "name": "payments/fraud-model"
                     *           },
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "action": "push",
                     *           "decision": "allowed",
                     *           "residual": null,
                     *           "reasons": [
                     *             {
                     *               "policyType": "identity",
                     *               "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *               "statement": "PushByName",
                     *               "effect": "Allow",
                     *               "via": "group arn:aws:iam::333344445555:group/team-members"
                     *             },
                     *             {
                     *               "policyType": "identity",
                     *               "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *               "statement": "PushByTag",
                     *               "effect": "Allow",
                     *               "via": "group arn:aws:iam::333344445555:group/team-members"
                     *             }
                     *           ],
                     *           "limits": [],
                     *           "since": "2026-11-09T06:00:00.000Z",
                     *           "condition": null
                     *         },
                     *         {
                     *           "principal": {
                     *             "id": "AIDA2SZLM4ADZYNANFHNE",
                     *             "arn": "arn:aws:iam::333344445555:user/hannah.brandt",
                     *             "kind": "user",
                     *             "accountId": "333344445555",
                     *             "name": "hannah.brandt"
                     *           },
                     *           "repository": {
                     *             "id": 17,
                     *             "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *             "name": "payments/fraud-model"
                     *           },
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "action": "push",
                     *           "decision": "conditional",
                     *           "residual": {
                     *             "any": [
                     *               {
                     *                 "operator": "IpAddress",
                     *                 "key": "aws:SourceIp",
                     *                 "values": [
                     *                   "198.51.100.0/26",
                     *                   "203.0.113.0/24"
                     *                 ]
                     *               },
                     *               {
                     *                 "operator": "StringEquals",
                     *                 "key": "aws:SourceVpce",
                     *                 "values": [
                     *                   "vpce-0a4b7c9d1e2f3a586",
                     *                   "vpce-0c1d2e3f4a5b6c7d8"
                     *                 ]
                     *               }
                     *             ]
                     *           },
                     *           "reasons": [
                     *             {
                     *               "policyType": "identity",
                     *               "policy": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess",
                     *               "statement": "0",
                     *               "effect": "Allow",
                     *               "via": "group arn:aws:iam::333344445555:group/image-maintainers"
                     *             },
                     *             {
                     *               "policyType": "identity",
                     *               "policy": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
                     *               "statement": "0",
                     *               "effect": "Allow",
                     *               "via": "group arn:aws:iam::333344445555:group/image-readers"
                     *             }
                     *           ],
                     *           "limits": [],
                     *           "since": "2026-11-16T06:00:00.000Z",
                     *           "condition": "if aws:SourceIp is in 198.51.100.0/26 or 203.0.113.0/24 or aws:SourceVpce is vpce-0a4b7c9d1e2f3a586 or vpce-0c1d2e3f4a5b6c7d8 or aws:ViaAWSService is not false"
                     *         }
                     *       ],
                     *       "nextCursor": "WyJyZXBvc2l0b3J5LWFjY2VzcyIsIjBiMGM3YzFlLTFkMGUtNGM1NS05ZjBjLTZiOGY2ZjBmNGExMSIseyJwcmluY2lwYWxJZCI6IkFJREEyU1pMTTRBRFpZTkFORkhORSIsImFjdGlvbiI6InB1c2gifV0"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly time?: components["schemas"]["AnswerTime"];
                        readonly repository: components["schemas"]["Repository"];
                        readonly items: readonly components["schemas"]["Access"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example principal.id,principal.arn,principal.kind,principal.accountId,principal.name,repository.id,repository.arn,repository.name,accountId,region,action,decision,residual,condition,reasons,limits,since,validity.valid.from,validity.valid.until,validity.known.from,validity.known.until,validity.isUnreadAfter,validity.unread
                     *     AIDA2QNKVD6EXTXSH54D6,arn:aws:iam::333344445555:user/ines.duarte,user,333344445555,ines.duarte,17,arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model,payments/fraud-model,333344445555,eu-west-1,push,allowed,,,Allow identity arn:aws:iam::333344445555:policy/teams/PushOwnTeam PushByName; Allow identity arn:aws:iam::333344445555:policy/teams/PushOwnTeam PushByTag; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow identity arn:aws:iam::333344445555:policy/teams/PushOwnTeam Login,,2026-11-09T06:00:00.000Z,,,,,,
                     *     AIDA2SZLM4ADZYNANFHNE,arn:aws:iam::333344445555:user/hannah.brandt,user,333344445555,hannah.brandt,17,arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model,payments/fraud-model,333344445555,eu-west-1,push,conditional,"{""any"":[{""operator"":""IpAddress"",""key"":""aws:SourceIp"",""values"":[""198.51.100.0/26"",""203.0.113.0/24""]},{""operator"":""StringEquals"",""key"":""aws:SourceVpce"",""values"":[""vpce-0a4b7c9d1e2f3a586"",""vpce-0c1d2e3f4a5b6c7d8""]},{""not"":{""operator"":""Bool"",""key"":""aws:ViaAWSService"",""values"":[""false""]}}]}",if aws:SourceIp is in 198.51.100.0/26 or 203.0.113.0/24 or aws:SourceVpce is vpce-0a4b7c9d1e2f3a586 or vpce-0c1d2e3f4a5b6c7d8 or aws:ViaAWSService is not false,Allow identity arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess 0; Allow identity arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Deny identity arn:aws:iam::333344445555:policy/OnlyFromOurNetworks OfficeOrVpc; Allow identity arn:aws:iam::333344445555:policy/teams/PushOwnTeam Login,,2026-11-16T06:00:00.000Z,,,,,,
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"principal":{"id":"AIDA2QNKVD6EXTXSH54D6","arn":"arn:aws:iam::333344445555:user/ines.duarte","kind":"user","accountId":"333344445555","name":"ines.duarte"},"repository":{"id":17,"arn":"arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model","name":"payments/fraud-model"},"accountId":"333344445555","region":"eu-west-1","action":"push","decision":"allowed","residual":null,"reasons":[{"policyType":"identity","policy":"arn:aws:iam::333344445555:policy/teams/PushOwnTeam","statement":"PushByName","effect":"Allow","via":"group arn:aws:iam::333344445555:group/team-members"},{"policyType":"identity","policy":"arn:aws:iam::333344445555:policy/teams/PushOwnTeam","statement":"PushByTag","effect":"Allow","via":"group arn:aws:iam::333344445555:group/team-members"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"root Root (r-lk42)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Infrastructure (ou-lk42-1nfrastr)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Registries (ou-lk42-reg1stry)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"account larkfield-registry (333344445555)"},{"policyType":"identity","policy":"arn:aws:iam::333344445555:policy/teams/PushOwnTeam","statement":"Login","effect":"Allow","via":"group arn:aws:iam::333344445555:group/team-members"}],"limits":[],"since":"2026-11-09T06:00:00.000Z","condition":null}
                     *     {"principal":{"id":"AIDA2SZLM4ADZYNANFHNE","arn":"arn:aws:iam::333344445555:user/hannah.brandt","kind":"user","accountId":"333344445555","name":"hannah.brandt"},"repository":{"id":17,"arn":"arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model","name":"payments/fraud-model"},"accountId":"333344445555","region":"eu-west-1","action":"push","decision":"conditional","residual":{"any":[{"operator":"IpAddress","key":"aws:SourceIp","values":["198.51.100.0/26","203.0.113.0/24"]},{"operator":"StringEquals","key":"aws:SourceVpce","values":["vpce-0a4b7c9d1e2f3a586","vpce-0c1d2e3f4a5b6c7d8"]},{"not":{"operator":"Bool","key":"aws:ViaAWSService","values":["false"]}}]},"reasons":[{"policyType":"identity","policy":"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess","statement":"0","effect":"Allow","via":"group arn:aws:iam::333344445555:group/image-maintainers"},{"policyType":"identity","policy":"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly","statement":"0","effect":"Allow","via":"group arn:aws:iam::333344445555:group/image-readers"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"root Root (r-lk42)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Infrastructure (ou-lk42-1nfrastr)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Registries (ou-lk42-reg1stry)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"account larkfield-registry (333344445555)"},{"policyType":"identity","policy":"arn:aws:iam::333344445555:policy/OnlyFromOurNetworks","statement":"OfficeOrVpc","effect":"Deny","via":"group arn:aws:iam::333344445555:group/image-maintainers"},{"policyType":"identity","policy":"arn:aws:iam::333344445555:policy/teams/PushOwnTeam","statement":"Login","effect":"Allow","via":"group arn:aws:iam::333344445555:group/team-members"}],"limits":[],"since":"2026-11-16T06:00:00.000Z","condition":"if aws:SourceIp is in 198.51.100.0/26 or 203.0.113.0/24 or aws:SourceVpce is vpce-0a4b7c9d1e2f3a586 or vpce-0c1d2e3f4a5b6c7d8 or aws:ViaAWSService is not false"}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listPrincipals: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: id, arn, kind, accountId, name, firstSeenAt, goneSince.
                 * @example id,arn
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Only principals of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /** @example role */
                readonly kind?: components["schemas"]["PrincipalKind"];
                /**
                 * @description The principal with exactly this ARN.
                 * @example arn:aws:iam::333344445555:role/platform/registry-admin
                 */
                readonly arn?: string;
                /**
                 * @description Only principals whose name begins with this, letter by letter.
                 * @example payments/
                 */
                readonly namePrefix?: string;
                /**
                 * @description Only principals with such a name, letter by letter; `*` stands for any characters.
                 * @example ci/*
                 */
                readonly name?: string;
                /**
                 * @description Whether the principal belongs to an account that the target does not have, or is anyone at all. AWS services belong to no account, and are not external.
                 * @example true
                 */
                readonly external?: boolean;
                /**
                 * @description By unique id where nothing is said.
                 * @example id
                 */
                readonly sort?: "id" | "arn";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Principals. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "total": 25,
                     *       "items": [
                     *         {
                     *           "id": "AROA2PKI7D6VMK55XLN5S",
                     *           "arn": "arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_PlatformEngineer_60e9d4a27bf1c835",
                     *           "kind": "role",
                     *           "accountId": "333344445555",
                     *           "name": "AWSReservedSSO_PlatformEngineer_60e9d4a27bf1c835",
                     *           "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *           "goneSince": null
                     *         },
                     *         {
                     *           "id": "AROA4UUBSG3CRCQ4WOOJF",
                     *           "arn": "arn:aws:iam::333344445555:role/OrganizationAccountAccessRole",
                     *           "kind": "role",
                     *           "accountId": "333344445555",
                     *           "name": "OrganizationAccountAccessRole",
                     *           "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *           "goneSince": null
                     *         }
                     *       ],
                     *       "nextCursor": "WyJwcmluY2lwYWxzIiwiMGIwYzdjMWUtMWQwZS00YzU1LTlmMGMtNmI4ZjZmMGY0YTExIix7ImlkIjoiQVJPQTRVVUJTRzNDUkNRNFdPT0pGIiwiYXJuIjoiYXJuOmF3czppYW06OjMzMzM0NDQ0NTU1NTpyb2xlL09yZ2FuaXphdGlvbkFjY291bnRBY2Nlc3NSb2xlIn1d"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        /** @description How many entries there are on all pages together. */
                        readonly total: number;
                        readonly items: readonly components["schemas"]["Principal"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example id,arn,kind,accountId,name,firstSeenAt,goneSince
                     *     AROA2PKI7D6VMK55XLN5S,arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_PlatformEngineer_60e9d4a27bf1c835,role,333344445555,AWSReservedSSO_PlatformEngineer_60e9d4a27bf1c835,2026-11-09T06:00:00.000Z,
                     *     AROA4UUBSG3CRCQ4WOOJF,arn:aws:iam::333344445555:role/OrganizationAccountAccessRole,role,333344445555,OrganizationAccountAccessRole,2026-11-09T06:00:00.000Z,
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"id":"AROA2PKI7D6VMK55XLN5S","arn":"arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_PlatformEngineer_60e9d4a27bf1c835","kind":"role","accountId":"333344445555","name":"AWSReservedSSO_PlatformEngineer_60e9d4a27bf1c835","firstSeenAt":"2026-11-09T06:00:00.000Z","goneSince":null}
                     *     {"id":"AROA4UUBSG3CRCQ4WOOJF","arn":"arn:aws:iam::333344445555:role/OrganizationAccountAccessRole","kind":"role","accountId":"333344445555","name":"OrganizationAccountAccessRole","firstSeenAt":"2026-11-09T06:00:00.000Z","goneSince":null}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getPrincipal: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example AROAR22ZGISIGH27B6UXB */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The principal. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "principal": {
                     *         "id": "AROAR22ZGISIGH27B6UXB",
                     *         "arn": "arn:aws:iam::333344445555:role/platform/registry-administrator",
                     *         "kind": "role",
                     *         "accountId": "333344445555",
                     *         "name": "registry-administrator",
                     *         "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *         "goneSince": null
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly principal: components["schemas"]["Principal"];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listPrincipalAccess: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: principal, principal.id, principal.arn, principal.kind, principal.accountId, principal.name, repository, repository.id, repository.arn, repository.name, accountId, region, action, decision, residual, condition, reasons, limits, since, validity, validity.valid, validity.valid.from, validity.valid.until, validity.known, validity.known.from, validity.known.until, validity.isUnreadAfter, validity.unread.
                 * @example principal,principal.id
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Only this one: an action of private ECR such as `ecr:PutImage`, or a capability: `pull`, `push`, `delete`, `administer`, `replicate`.
                 * @example push
                 */
                readonly action?: string;
                /**
                 * @description Only actions, or only capabilities. Everything where nothing is said.
                 * @example capability
                 */
                readonly by?: "action" | "capability" | "all";
                /** @example allowed */
                readonly decision?: "allowed" | "conditional" | "unknown";
                /**
                 * @description As it was then: of the last scan that was taken no later. Entries say how long they held. An ISO time, or days before now.
                 * @example 2026-11-10T06:00:00Z
                 */
                readonly at?: string;
                /**
                 * @description Only registries of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /** @example eu-west-1 */
                readonly region?: string;
                /**
                 * @description Only repositories whose name begins with this, letter by letter.
                 * @example payments/
                 */
                readonly repositoryNamePrefix?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example AROAR22ZGISIGH27B6UXB */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What the principal can reach, and why. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "principal": {
                     *         "id": "AROAR22ZGISIGH27B6UXB",
                     *         "arn": "arn:aws:iam::333344445555:role/platform/registry-administrator",
                     *         "kind": "role",
                     *         "accountId": "333344445555",
                     *         "name": "registry-administrator",
                     *         "firstSeenAt": "2026-11-09T06:00:00.000Z",
                     *         "goneSince": null
                     *       },
                     *       "items": [
                     *         {
                     *           "principal": {
                     *             "id": "AROAR22ZGISIGH27B6UXB",
                     *             "arn": "arn:aws:iam::333344445555:role/platform/registry-administrator",
                     *             "kind": "role",
                     *             "accountId": "333344445555",
                     *             "name": "registry-administrator"
                     *           },
                     *           "repository": {
                     *             "id": 3,
                     *             "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/base/debian",
                     *             "name": "base/debian"
                     *           },
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "action": "administer",
                     *           "decision": "allowed",
                     *           "residual": null,
                     *           "reasons": [
                     *             {
                     *               "policyType": "identity",
                     *               "policy": "arn:aws:iam::333344445555:policy/platform/AdministerRegistry",
                     *               "statement": "EverythingButImages",
                     *               "effect": "Allow",
                     *               "via": "attached"
                     *             },
                     *             {
                     *               "policyType": "scp",
                     *               "policy": "FullAWSAccess",
                     *               "statement": "0",
                     *               "effect": "Allow",
                     *               "via": "root Root (r-lk42)"
                     *             }
                     *           ],
                     *           "limits": [],
                     *           "since": "2026-11-09T06:00:00.000Z",
                     *           "condition": null
                     *         },
                     *         {
                     *           "principal": {
                     *             "id": "AROAR22ZGISIGH27B6UXB",
                     *             "arn": "arn:aws:iam::333344445555:role/platform/registry-administrator",
                     *             "kind": "role",
                     *             "accountId": "333344445555",
                     *             "name": "registry-administrator"
                     *           },
                     *           "repository": {
                     *             "id": 3,
                     *             "arn": "arn:aws:ecr:eu-west-1:333344445555:repository/base/debian",
                     *             "name": "base/debian"
                     *           },
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "action": "delete",
                     *           "decision": "allowed",
                     *           "residual": null,
                     *           "reasons": [
                     *             {
                     *               "policyType": "identity",
                     *               "policy": "arn:aws:iam::333344445555:policy/platform/AdministerRegistry",
                     *               "statement": "EverythingButImages",
                     *               "effect": "Allow",
                     *               "via": "attached"
                     *             },
                     *             {
                     *               "policyType": "scp",
                     *               "policy": "FullAWSAccess",
                     *               "statement": "0",
                     *               "effect": "Allow",
                     *               "via": "root Root (r-lk42)"
                     *             }
                     *           ],
                     *           "limits": [],
                     *           "since": "2026-11-09T06:00:00.000Z",
                     *           "condition": null
                     *         }
                     *       ],
                     *       "nextCursor": "WyJwcmluY2lwYWwtYWNjZXNzIiwiMGIwYzdjMWUtMWQwZS00YzU1LTlmMGMtNmI4ZjZmMGY0YTExIix7ImFjY291bnRJZCI6IjMzMzM0NDQ0NTU1NSIsInJlZ2lvbiI6ImV1LXdlc3QtMSIsInJlcG9zaXRvcnlBcm4iOiJhcm46YXdzOmVjcjpldS13ZXN0LTE6MzMzMzQ0NDQ1NTU1OnJlcG9zaXRvcnkvYmFzZS9kZWJpYW4iLCJhY3Rpb24iOiJkZWxldGUifV0"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly time?: components["schemas"]["AnswerTime"];
                        readonly principal: components["schemas"]["Principal"];
                        readonly items: readonly components["schemas"]["Access"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example principal.id,principal.arn,principal.kind,principal.accountId,principal.name,repository.id,repository.arn,repository.name,accountId,region,action,decision,residual,condition,reasons,limits,since,validity.valid.from,validity.valid.until,validity.known.from,validity.known.until,validity.isUnreadAfter,validity.unread
                     *     AROAR22ZGISIGH27B6UXB,arn:aws:iam::333344445555:role/platform/registry-administrator,role,333344445555,registry-administrator,3,arn:aws:ecr:eu-west-1:333344445555:repository/base/debian,base/debian,333344445555,eu-west-1,administer,allowed,,,Allow identity arn:aws:iam::333344445555:policy/platform/AdministerRegistry EverythingButImages; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0,,2026-11-09T06:00:00.000Z,,,,,,
                     *     AROAR22ZGISIGH27B6UXB,arn:aws:iam::333344445555:role/platform/registry-administrator,role,333344445555,registry-administrator,3,arn:aws:ecr:eu-west-1:333344445555:repository/base/debian,base/debian,333344445555,eu-west-1,delete,allowed,,,Allow identity arn:aws:iam::333344445555:policy/platform/AdministerRegistry EverythingButImages; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0; Allow scp FullAWSAccess 0,,2026-11-09T06:00:00.000Z,,,,,,
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"principal":{"id":"AROAR22ZGISIGH27B6UXB","arn":"arn:aws:iam::333344445555:role/platform/registry-administrator","kind":"role","accountId":"333344445555","name":"registry-administrator"},"repository":{"id":3,"arn":"arn:aws:ecr:eu-west-1:333344445555:repository/base/debian","name":"base/debian"},"accountId":"333344445555","region":"eu-west-1","action":"administer","decision":"allowed","residual":null,"reasons":[{"policyType":"identity","policy":"arn:aws:iam::333344445555:policy/platform/AdministerRegistry","statement":"EverythingButImages","effect":"Allow","via":"attached"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"root Root (r-lk42)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Infrastructure (ou-lk42-1nfrastr)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Registries (ou-lk42-reg1stry)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"account larkfield-registry (333344445555)"}],"limits":[],"since":"2026-11-09T06:00:00.000Z","condition":null}
                     *     {"principal":{"id":"AROAR22ZGISIGH27B6UXB","arn":"arn:aws:iam::333344445555:role/platform/registry-administrator","kind":"role","accountId":"333344445555","name":"registry-administrator"},"repository":{"id":3,"arn":"arn:aws:ecr:eu-west-1:333344445555:repository/base/debian","name":"base/debian"},"accountId":"333344445555","region":"eu-west-1","action":"delete","decision":"allowed","residual":null,"reasons":[{"policyType":"identity","policy":"arn:aws:iam::333344445555:policy/platform/AdministerRegistry","statement":"EverythingButImages","effect":"Allow","via":"attached"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"root Root (r-lk42)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Infrastructure (ou-lk42-1nfrastr)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"ou Registries (ou-lk42-reg1stry)"},{"policyType":"scp","policy":"FullAWSAccess","statement":"0","effect":"Allow","via":"account larkfield-registry (333344445555)"}],"limits":[],"since":"2026-11-09T06:00:00.000Z","condition":null}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listAccess: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: principal, principal.id, principal.arn, principal.kind, principal.accountId, principal.name, repository, repository.id, repository.arn, repository.name, accountId, region, action, decision, condition, residual, reasons, limits, use, use.status, use.from, use.until, use.confidence, use.reason.
                 * @example principal,principal.id
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Only this one: an action of private ECR such as `ecr:PutImage`, or a capability: `pull`, `push`, `delete`, `administer`, `replicate`.
                 * @example ecr:PutImage
                 */
                readonly action?: string;
                /**
                 * @description Only actions, or only capabilities. Everything where nothing is said.
                 * @example action
                 */
                readonly by?: "action" | "capability" | "all";
                /** @example allowed */
                readonly decision?: "allowed" | "conditional" | "unknown";
                /**
                 * @description Only this capability.
                 * @example push
                 */
                readonly capability?: "pull" | "push" | "delete" | "administer" | "replicate";
                /**
                 * @description Only registries of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /** @example eu-west-1 */
                readonly region?: string;
                /**
                 * @description Only repositories with such a name, in which `*` stands for any characters; or with this ARN.
                 * @example payments/*
                 */
                readonly repository?: string;
                /**
                 * @description Only the principal with this id or ARN.
                 * @example arn:aws:iam::333344445555:role/platform/registry-admin
                 */
                readonly principal?: string;
                /**
                 * @description Only principals with such a name, letter by letter; `*` stands for any characters.
                 * @example ci/*
                 */
                readonly principalName?: string;
                /** @example role */
                readonly principalType?: components["schemas"]["PrincipalKind"];
                /**
                 * @description Only principals of this account.
                 * @example 333344445555
                 */
                readonly principalAccountId?: string;
                /**
                 * @description Whether the principal belongs to an account that the target does not have, or is anyone at all. AWS services belong to no account, and are not external.
                 * @example true
                 */
                readonly external?: boolean;
                /**
                 * @description Only where the right was not used since then, which asks for `capability` or `action`. Unused is only what would have shown in a window that was wholly seen. Rights of root users and service-linked roles, which no policy of theirs takes away, are left out. An ISO time, or days before now.
                 * @example 30d
                 */
                readonly unusedSince?: string;
                /**
                 * @description With `unusedSince`: what certainly was not used, where nothing else is said; or that of which it is not known.
                 * @example unused
                 */
                readonly use?: "unused" | "notKnown" | "either";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Access, and why. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "items": [],
                     *       "nextCursor": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly items: readonly components["schemas"]["ListedAccess"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /** @example principal.id,principal.arn,principal.kind,principal.accountId,principal.name,repository.id,repository.arn,repository.name,accountId,region,action,decision,condition,residual,reasons,limits,use.status,use.from,use.until,use.confidence,use.reason */
                    readonly "text/csv": string;
                    /** @example  */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listActivity: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: principal, principal.key, principal.kind, principal.accountId, principal.arn, principal.name, accountId, region, repository, repositoryArn, action, source, onBehalfOf, firstAt, lastAt, events.
                 * @example principal,principal.key
                 */
                readonly fields?: string;
                /**
                 * @description Only registries of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /** @example eu-west-1 */
                readonly region?: string;
                /**
                 * @description Only the repositories with this name.
                 * @example payments/fraud-model
                 */
                readonly repository?: string;
                /**
                 * @description Only the principal with this key or ARN.
                 * @example AROAR22ZGISIGH27B6UXB
                 */
                readonly principal?: string;
                /** @example ecr:PutImage */
                readonly action?: string;
                /**
                 * @description Only what was used then or later. An ISO time, or days before now.
                 * @example 90d
                 */
                readonly usedSince?: string;
                /**
                 * @description Only what was used for the last time before then. An ISO time, or days before now.
                 * @example 2026-11-16T06:00:00Z
                 */
                readonly notUsedSince?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Uses. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coverage": {
                     *         "isComplete": true,
                     *         "places": [
                     *           {
                     *             "accountId": "111122223333",
                     *             "region": "eu-west-1",
                     *             "status": "complete",
                     *             "detail": "events from 2026-08-11T06:00:00.000Z to 2026-11-16T05:45:00.000Z",
                     *             "from": "2026-08-11T06:00:00.000Z",
                     *             "until": "2026-11-16T05:45:00.000Z"
                     *           },
                     *           {
                     *             "accountId": "111122223333",
                     *             "region": "us-east-1",
                     *             "status": "complete",
                     *             "detail": "events from 2026-08-11T06:00:00.000Z to 2026-11-16T05:45:00.000Z",
                     *             "from": "2026-08-11T06:00:00.000Z",
                     *             "until": "2026-11-16T05:45:00.000Z"
                     *           }
                     *         ]
                     *       },
                     *       "items": [
                     *         {
                     *           "principal": {
                     *             "key": "AIDADXLRMLAKMEPKOK6ZG",
                     *             "kind": "user",
                     *             "accountId": "333344445555",
                     *             "arn": "arn:aws:iam::333344445555:user/diego.reyes",
                     *             "name": "diego.reyes"
                     *           },
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "repository": "routing/solver",
                     *           "action": "ecr:PutImage",
                     *           "source": "lookupEvents",
                     *           "onBehalfOf": null,
                     *           "firstAt": "2026-10-06T16:23:00.000Z",
                     *           "lastAt": "2026-11-12T16:08:00.000Z",
                     *           "events": 2,
                     *           "repositoryArn": "arn:aws:ecr:eu-west-1:333344445555:repository/routing/solver"
                     *         },
                     *         {
                     *           "principal": {
                     *             "key": "AROAENTZLZIPKINO4HHND",
                     *             "kind": "role",
                     *             "accountId": "333344445555",
                     *             "arn": "arn:aws:iam::333344445555:role/teams/data-publisher",
                     *             "name": "data-publisher"
                     *           },
                     *           "accountId": "333344445555",
                     *           "region": "eu-west-1",
                     *           "repository": "data/airflow",
                     *           "action": "ecr:PutImage",
                     *           "source": "lookupEvents",
                     *           "onBehalfOf": null,
                     *           "firstAt": "2026-09-23T10:03:00.000Z",
                     *           "lastAt": "2026-11-10T11:13:00.000Z",
                     *           "events": 2,
                     *           "repositoryArn": "arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow"
                     *         }
                     *       ],
                     *       "nextCursor": "WyJhY3Rpdml0eSIsbnVsbCx7InByaW5jaXBhbEtleSI6IkFST0FFTlRaTFpJUEtJTk80SEhORCIsImFjY291bnRJZCI6IjMzMzM0NDQ0NTU1NSIsInJlZ2lvbiI6ImV1LXdlc3QtMSIsInJlcG9zaXRvcnkiOiJkYXRhL2FpcmZsb3ciLCJhY3Rpb24iOiJlY3I6UHV0SW1hZ2UiLCJzb3VyY2UiOiJsb29rdXBFdmVudHMiLCJvbkJlaGFsZk9mIjpudWxsfV0"
                     *     }
                     */
                    readonly "application/json": {
                        readonly coverage: components["schemas"]["ActivityCoverage"];
                        readonly items: readonly components["schemas"]["Activity"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example principal.key,principal.kind,principal.accountId,principal.arn,principal.name,accountId,region,repository,repositoryArn,action,source,onBehalfOf,firstAt,lastAt,events
                     *     AIDADXLRMLAKMEPKOK6ZG,user,333344445555,arn:aws:iam::333344445555:user/diego.reyes,diego.reyes,333344445555,eu-west-1,routing/solver,arn:aws:ecr:eu-west-1:333344445555:repository/routing/solver,ecr:PutImage,lookupEvents,,2026-10-06T16:23:00.000Z,2026-11-12T16:08:00.000Z,2
                     *     AROAENTZLZIPKINO4HHND,role,333344445555,arn:aws:iam::333344445555:role/teams/data-publisher,data-publisher,333344445555,eu-west-1,data/airflow,arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow,ecr:PutImage,lookupEvents,,2026-09-23T10:03:00.000Z,2026-11-10T11:13:00.000Z,2
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"principal":{"key":"AIDADXLRMLAKMEPKOK6ZG","kind":"user","accountId":"333344445555","arn":"arn:aws:iam::333344445555:user/diego.reyes","name":"diego.reyes"},"accountId":"333344445555","region":"eu-west-1","repository":"routing/solver","action":"ecr:PutImage","source":"lookupEvents","onBehalfOf":null,"firstAt":"2026-10-06T16:23:00.000Z","lastAt":"2026-11-12T16:08:00.000Z","events":2,"repositoryArn":"arn:aws:ecr:eu-west-1:333344445555:repository/routing/solver"}
                     *     {"principal":{"key":"AROAENTZLZIPKINO4HHND","kind":"role","accountId":"333344445555","arn":"arn:aws:iam::333344445555:role/teams/data-publisher","name":"data-publisher"},"accountId":"333344445555","region":"eu-west-1","repository":"data/airflow","action":"ecr:PutImage","source":"lookupEvents","onBehalfOf":null,"firstAt":"2026-09-23T10:03:00.000Z","lastAt":"2026-11-10T11:13:00.000Z","events":2,"repositoryArn":"arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow"}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRules: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: id, kinds, life, needs, severity, outsideProduction, what, why, remedy.
                 * @example id,kinds
                 */
                readonly fields?: string;
                /**
                 * @description Only rules of this severity.
                 * @example critical
                 */
                readonly severity?: "critical" | "high" | "medium" | "low" | "info";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Rules. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "ECR-PUB-PUSH",
                     *           "kinds": [
                     *             "state"
                     *           ],
                     *           "life": "state",
                     *           "needs": null,
                     *           "severity": "critical",
                     *           "outsideProduction": "critical",
                     *           "what": "every AWS account may push, delete or change policies",
                     *           "why": "Anybody with an AWS account can replace your images.",
                     *           "remedy": "Name the accounts in Principal, or add a condition on aws:PrincipalOrgID."
                     *         },
                     *         {
                     *           "id": "ECR-XACCT-PUSH",
                     *           "kinds": [
                     *             "state"
                     *           ],
                     *           "life": "state",
                     *           "needs": null,
                     *           "severity": "critical",
                     *           "outsideProduction": "high",
                     *           "what": "an account that is not ours and not allowed to may push, delete or change policies",
                     *           "why": "A third party can write into your supply chain.",
                     *           "remedy": "Take the account out of the policy, or name it in `findings.allowedAccounts` once somebody answers for it."
                     *         }
                     *       ],
                     *       "nextCursor": "WyJydWxlcyIsbnVsbCwiRUNSLVhBQ0NULVBVU0giXQ"
                     *     }
                     */
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Rule"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example id,kinds,life,needs,severity,outsideProduction,what,why,remedy
                     *     ECR-PUB-PUSH,state,state,,critical,critical,"every AWS account may push, delete or change policies",Anybody with an AWS account can replace your images.,"Name the accounts in Principal, or add a condition on aws:PrincipalOrgID."
                     *     ECR-XACCT-PUSH,state,state,,critical,high,"an account that is not ours and not allowed to may push, delete or change policies",A third party can write into your supply chain.,"Take the account out of the policy, or name it in `findings.allowedAccounts` once somebody answers for it."
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"id":"ECR-PUB-PUSH","kinds":["state"],"life":"state","needs":null,"severity":"critical","outsideProduction":"critical","what":"every AWS account may push, delete or change policies","why":"Anybody with an AWS account can replace your images.","remedy":"Name the accounts in Principal, or add a condition on aws:PrincipalOrgID."}
                     *     {"id":"ECR-XACCT-PUSH","kinds":["state"],"life":"state","needs":null,"severity":"critical","outsideProduction":"high","what":"an account that is not ours and not allowed to may push, delete or change policies","why":"A third party can write into your supply chain.","remedy":"Take the account out of the policy, or name it in `findings.allowedAccounts` once somebody answers for it."}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listFindings: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Every status where none is named.
                 * @example active
                 */
                readonly status?: "active" | "archived" | "resolved";
                /**
                 * @description This severity and graver ones.
                 * @example high
                 */
                readonly severity?: "critical" | "high" | "medium" | "low" | "info";
                /** @example ECR-PUB-PUSH */
                readonly ruleId?: string;
                /**
                 * @description Only findings of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /**
                 * @description Part of the ARN of what it is about.
                 * @example payments/
                 */
                readonly resource?: string;
                /** @example AROAR22ZGISIGH27B6UXB */
                readonly principalId?: string;
                /**
                 * @description Whether somebody looks after it.
                 * @example true
                 */
                readonly acknowledged?: "true" | "false";
                /**
                 * @description Only findings of which anything changed since then.
                 * @example 2026-11-16T06:00:00Z
                 */
                readonly since?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Findings. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "counts": [
                     *         {
                     *           "status": "active",
                     *           "severity": "critical",
                     *           "findings": 1
                     *         },
                     *         {
                     *           "status": "active",
                     *           "severity": "high",
                     *           "findings": 64
                     *         }
                     *       ],
                     *       "items": [
                     *         {
                     *           "ruleId": "ECR-SCP-WEAK",
                     *           "severity": "critical",
                     *           "accountId": null,
                     *           "region": null,
                     *           "resource": "ProtectRegistries",
                     *           "principal": null,
                     *           "fingerprint": "25716c0af20af5ef796e7e4677c92e8c5fe4eebe30b90af29b30ba2e8ca8a307",
                     *           "title": "ProtectRegistries no longer denies DeleteRegistryPolicy, DeleteRepository, DeleteRepositoryPolicy, PutRegistryPolicy and 1 more in 444455556666 and 555566667777",
                     *           "what": "A Deny of ProtectRegistries that held for 444455556666 and 555566667777 holds there no more.",
                     *           "why": "It widens whole accounts at once, and only the management account records who did it.",
                     *           "remedy": "Attach the policy again, enable its type, or move the account back.",
                     *           "repositories": {
                     *             "count": 0,
                     *             "inProduction": 0,
                     *             "examples": []
                     *           },
                     *           "scope": {
                     *             "repositories": [],
                     *             "rights": [
                     *               "444455556666",
                     *               "555566667777"
                     *             ],
                     *             "conditions": []
                     *           },
                     *           "reasons": [],
                     *           "doubts": [],
                     *           "status": "active",
                     *           "openedAt": "2026-11-16T06:00:00.000Z",
                     *           "changedAt": "2026-11-16T06:00:00.000Z",
                     *           "resolvedAt": null,
                     *           "reopenedAt": null,
                     *           "exceptionId": null,
                     *           "unseen": null,
                     *           "acknowledged": null
                     *         }
                     *       ],
                     *       "nextCursor": "WyJmaW5kaW5ncyIsbnVsbCx7InNldmVyaXR5IjoiY3JpdGljYWwiLCJpZCI6MTE5fV0"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        /** @description Of all findings of the target, whatever the filters. */
                        readonly counts: readonly {
                            readonly status: components["schemas"]["FindingStatus"];
                            readonly severity: components["schemas"]["Severity"];
                            readonly findings: number;
                        }[];
                        readonly items: readonly components["schemas"]["Finding"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getFinding: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example 0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168 */
                readonly fingerprint: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The finding. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "finding": {
                     *         "ruleId": "ECR-PUB-PUSH",
                     *         "severity": "critical",
                     *         "accountId": "666677778888",
                     *         "region": "eu-west-1",
                     *         "resource": "arn:aws:ecr:eu-west-1:666677778888:repository/hackathon/route-game",
                     *         "principal": null,
                     *         "fingerprint": "0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168",
                     *         "title": "anybody with an AWS account may CompleteLayerUpload, InitiateLayerUpload, PutImage and UploadLayerPart in hackathon/route-game",
                     *         "what": "The policy lets in every AWS account, and no condition limits who that is.",
                     *         "why": "Anybody with an AWS account can replace your images.",
                     *         "remedy": "Name the accounts in Principal, or add a condition on aws:PrincipalOrgID.",
                     *         "repositories": {
                     *           "count": 1,
                     *           "inProduction": 0,
                     *           "examples": [
                     *             "arn:aws:ecr:eu-west-1:666677778888:repository/hackathon/route-game"
                     *           ]
                     *         },
                     *         "scope": {
                     *           "repositories": [
                     *             "arn:aws:ecr:eu-west-1:666677778888:repository/hackathon/route-game"
                     *           ],
                     *           "rights": [
                     *             "ecr:CompleteLayerUpload",
                     *             "ecr:InitiateLayerUpload"
                     *           ],
                     *           "conditions": []
                     *         },
                     *         "reasons": [
                     *           {
                     *             "policyType": "repository",
                     *             "policy": "arn:aws:ecr:eu-west-1:666677778888:repository/hackathon/route-game",
                     *             "statement": "demo",
                     *             "effect": "Allow",
                     *             "via": "repository"
                     *           }
                     *         ],
                     *         "doubts": [],
                     *         "status": "archived",
                     *         "openedAt": "2026-11-09T06:00:00.000Z",
                     *         "changedAt": "2026-11-09T06:00:00.000Z",
                     *         "resolvedAt": null,
                     *         "reopenedAt": null,
                     *         "exceptionId": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *         "unseen": null,
                     *         "acknowledged": null
                     *       },
                     *       "exception": null,
                     *       "changes": [
                     *         {
                     *           "at": "2026-11-09T06:00:00.000Z",
                     *           "kind": "opened",
                     *           "by": null,
                     *           "why": null,
                     *           "severity": "critical",
                     *           "scanId": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *           "cause": {
                     *             "cause": null,
                     *             "explanation": null
                     *           }
                     *         },
                     *         {
                     *           "at": "2026-11-17T09:00:00.000Z",
                     *           "kind": "archived",
                     *           "by": "ines.holm",
                     *           "why": "approved until 2099-03-31T00:00:00.000Z: The partner pulls until the contract ends.",
                     *           "severity": "critical",
                     *           "scanId": null,
                     *           "cause": null
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly finding: components["schemas"]["Finding"];
                        /** @description What archives it. */
                        readonly exception: {
                            readonly approvedBy: string;
                            readonly reason: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-16T06:00:00.000Z
                             */
                            readonly until: string;
                        } | null;
                        readonly changes: readonly components["schemas"]["FindingChange"][];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly acknowledgeFinding: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example 0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168 */
                readonly fingerprint: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "by": "ines.duarte"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Acknowledgement"];
            };
        };
        readonly responses: {
            /** @description How it stands now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "fingerprint": "0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168",
                     *       "status": "archived",
                     *       "acknowledged": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly fingerprint: string;
                        readonly status: components["schemas"]["FindingStatus"];
                        readonly acknowledged: {
                            readonly by: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-16T06:00:00.000Z
                             */
                            readonly at: string;
                        } | null;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listAlerts: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: id, sink, state, kind, target, scanId, title, severity, findings, createdAt, notBefore, attempts, nextAttemptAt, settledAt, lastFailure.
                 * @example id,sink
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /** @example delivered */
                readonly state?: "waiting" | "delivered" | "skipped" | "dead";
                /**
                 * @description Only to this sink.
                 * @example slack
                 */
                readonly sink?: string;
                /** @example alert */
                readonly kind?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Deliveries. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 16,
                     *           "sink": "slack",
                     *           "state": "delivered",
                     *           "kind": "finding.changed",
                     *           "scanId": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "title": null,
                     *           "severity": null,
                     *           "findings": 1,
                     *           "createdAt": "2026-11-17T09:00:00.000Z",
                     *           "notBefore": null,
                     *           "attempts": 1,
                     *           "nextAttemptAt": null,
                     *           "settledAt": "2026-11-17T09:00:00.000Z",
                     *           "lastFailure": null,
                     *           "target": "organization:o-lk7parcel42"
                     *         }
                     *       ],
                     *       "nextCursor": "WyJhbGVydHMiLG51bGwseyJpZCI6MTYsInNpbmsiOiJzbGFjayJ9XQ"
                     *     }
                     */
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Delivery"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example id,sink,state,kind,target,scanId,title,severity,findings,createdAt,notBefore,attempts,nextAttemptAt,settledAt,lastFailure
                     *     16,slack,delivered,finding.changed,organization:o-lk7parcel42,0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11,,,1,2026-11-17T09:00:00.000Z,,1,,2026-11-17T09:00:00.000Z,
                     */
                    readonly "text/csv": string;
                    /** @example {"id":16,"sink":"slack","state":"delivered","kind":"finding.changed","scanId":"0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11","title":null,"severity":null,"findings":1,"createdAt":"2026-11-17T09:00:00.000Z","notBefore":null,"attempts":1,"nextAttemptAt":null,"settledAt":"2026-11-17T09:00:00.000Z","lastFailure":null,"target":"organization:o-lk7parcel42"} */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly retryAlert: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Only to this sink.
                 * @example slack
                 */
                readonly sink?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example 1 */
                readonly id: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description How many go out again. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "retried": 1
                     *     }
                     */
                    readonly "application/json": {
                        readonly id: number;
                        /** @description To how many sinks it goes again: those that it was given up for. */
                        readonly retried: number;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listExceptions: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description `open`: in force. `unmatched`: in force, but no finding is left.
                 * @example all
                 */
                readonly state?: "open" | "unmatched" | "all";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Exceptions. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10",
                     *           "targetKey": "organization:o-lk7parcel42",
                     *           "fingerprint": "0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168",
                     *           "approvedBy": "ines.holm",
                     *           "reason": "The partner pulls until the contract ends.",
                     *           "approvedAt": "2026-11-17T09:00:00.000Z",
                     *           "until": "2099-03-31T00:00:00.000Z",
                     *           "source": "api",
                     *           "severity": "critical",
                     *           "withdrawnAt": null,
                     *           "withdrawnBy": null,
                     *           "findingStatus": "archived",
                     *           "findingTitle": "anybody with an AWS account may CompleteLayerUpload, InitiateLayerUpload, PutImage and UploadLayerPart in hackathon/route-game",
                     *           "accountId": "666677778888"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Exception"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly addException: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "fingerprint": "0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168",
                 *       "reason": "The partner pulls until the contract ends.",
                 *       "until": "2099-03-31T00:00:00Z"
                 *     }
                 */
                readonly "application/json": components["schemas"]["ExceptionRequest"];
            };
        };
        readonly responses: {
            /** @description The exception. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": {
                     *         "id": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *         "targetKey": "organization:o-lk7parcel42",
                     *         "fingerprint": "0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168",
                     *         "approvedBy": "api",
                     *         "reason": "The partner pulls until the contract ends.",
                     *         "approvedAt": "2026-11-23T12:00:00.000Z",
                     *         "until": "2099-03-31T00:00:00.000Z",
                     *         "source": "api",
                     *         "severity": "critical",
                     *         "withdrawnAt": null,
                     *         "withdrawnBy": null,
                     *         "findingStatus": "archived",
                     *         "findingTitle": "anybody with an AWS account may CompleteLayerUpload, InitiateLayerUpload, PutImage and UploadLayerPart in hackathon/route-game",
                     *         "accountId": "666677778888"
                     *       },
                     *       "findingStatus": "archived",
                     *       "isNew": true
                     *     }
                     */
                    readonly "application/json": {
                        readonly exception: components["schemas"]["Exception"];
                        readonly findingStatus: components["schemas"]["FindingStatus"];
                        readonly isNew: boolean;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly withdrawException: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @example 4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The exception as it was. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": {
                     *         "id": "4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10",
                     *         "targetKey": "organization:o-lk7parcel42",
                     *         "fingerprint": "0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168",
                     *         "approvedBy": "ines.holm",
                     *         "reason": "The partner pulls until the contract ends.",
                     *         "approvedAt": "2026-11-17T09:00:00.000Z",
                     *         "until": "2099-03-31T00:00:00.000Z",
                     *         "source": "api",
                     *         "severity": "critical",
                     *         "withdrawnAt": "2026-11-23T12:00:00.000Z",
                     *         "withdrawnBy": "api",
                     *         "findingStatus": "archived",
                     *         "findingTitle": "anybody with an AWS account may CompleteLayerUpload, InitiateLayerUpload, PutImage and UploadLayerPart in hackathon/route-game",
                     *         "accountId": "666677778888"
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly exception: components["schemas"]["Exception"];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listBaselines: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Also those that were replaced.
                 * @example true
                 */
                readonly history?: "true" | "false";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Baselines. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "targetKey": "organization:o-lk7parcel42",
                     *           "accountId": null,
                     *           "scanId": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *           "takenAt": "2026-11-09T06:00:00.000Z",
                     *           "approvedBy": "ines.holm",
                     *           "approvedAt": "2026-11-17T09:00:00.000Z",
                     *           "reason": "State of the audit in November."
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Baseline"][];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly approveBaseline: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "scan": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                 *       "accountId": "333344445555",
                 *       "reason": "State of the audit in November."
                 *     }
                 */
                readonly "application/json": components["schemas"]["BaselineRequest"];
            };
        };
        readonly responses: {
            /** @description The baseline. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "baseline": {
                     *         "id": 2,
                     *         "targetKey": "organization:o-lk7parcel42",
                     *         "accountId": "333344445555",
                     *         "scanId": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *         "takenAt": "2026-11-16T06:00:00.000Z",
                     *         "approvedBy": "api",
                     *         "approvedAt": "2026-11-23T12:00:00.000Z",
                     *         "reason": "State of the audit in November."
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly baseline: components["schemas"]["Baseline"];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getScanDrift: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Drift, what matters most first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "sinceScanId": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *       "items": [
                     *         {
                     *           "kind": "granted",
                     *           "isCertain": true,
                     *           "lifecycle": null,
                     *           "principals": [
                     *             {
                     *               "id": "AIDA2OPZD7G2NVZ6N457G",
                     *               "arn": "arn:aws:iam::555566667777:user/contractors/liu.wen",
                     *               "kind": "user",
                     *               "accountId": "555566667777",
                     *               "name": "liu.wen"
                     *             }
                     *           ],
                     *           "repositories": [
                     *             "arn:aws:ecr:eu-west-1:555566667777:repository/preview/driver-app",
                     *             "arn:aws:ecr:eu-west-1:555566667777:repository/preview/parcel-web"
                     *           ],
                     *           "registries": [],
                     *           "capabilities": [
                     *             "push",
                     *             "delete"
                     *           ],
                     *           "actions": [
                     *             "ecr:BatchDeleteImage",
                     *             "ecr:BatchGetRepositoryScanningConfiguration"
                     *           ],
                     *           "before": {
                     *             "decision": "denied",
                     *             "residual": null
                     *           },
                     *           "after": {
                     *             "decision": "allowed",
                     *             "residual": null
                     *           },
                     *           "differences": [
                     *             10,
                     *             15
                     *           ],
                     *           "together": false,
                     *           "unread": []
                     *         }
                     *       ],
                     *       "differences": [
                     *         {
                     *           "ordinal": 10,
                     *           "kind": "boundary",
                     *           "accountId": "555566667777",
                     *           "region": null,
                     *           "content": {
                     *             "kind": "boundary",
                     *             "change": "removed",
                     *             "subjects": [
                     *               "user:555566667777/liu.wen",
                     *               "policy:arn:aws:iam::555566667777:policy/boundaries/ContractorBoundary"
                     *             ],
                     *             "accountId": "555566667777",
                     *             "region": null,
                     *             "policy": "arn:aws:iam::555566667777:policy/boundaries/ContractorBoundary",
                     *             "statements": [],
                     *             "before": "arn:aws:iam::555566667777:policy/boundaries/ContractorBoundary",
                     *             "after": null,
                     *             "concernsEcr": true
                     *           },
                     *           "cause": {
                     *             "kind": "events",
                     *             "events": [
                     *               {
                     *                 "eventId": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *                 "eventSource": "iam.amazonaws.com",
                     *                 "eventName": "DeleteUserPermissionsBoundary",
                     *                 "time": "2026-11-10T09:14:07.000Z",
                     *                 "accountId": "555566667777",
                     *                 "region": "us-east-1",
                     *                 "actor": {
                     *                   "kind": "role",
                     *                   "accountId": "555566667777",
                     *                   "arn": "arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924",
                     *                   "name": "AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924",
                     *                   "sessionName": "jonas.berg@larkfield.example",
                     *                   "sourceIdentity": null,
                     *                   "identityCenterUser": {
                     *                     "name": "jonas.berg@larkfield.example",
                     *                     "id": null
                     *                   },
                     *                   "webIdentity": null,
                     *                   "onBehalfOf": null
                     *                 },
                     *                 "sourceAddress": "203.0.113.33"
                     *               }
                     *             ],
                     *             "earlier": [],
                     *             "isCertain": true,
                     *             "unexplained": []
                     *           }
                     *         },
                     *         {
                     *           "ordinal": 15,
                     *           "kind": "organizationAttachment",
                     *           "accountId": null,
                     *           "region": null,
                     *           "content": {
                     *             "kind": "organizationAttachment",
                     *             "change": "removed",
                     *             "subjects": [
                     *               "organizationPolicy:p-pr0tectreg",
                     *               "target:ou-lk42-w0rkload"
                     *             ],
                     *             "accountId": null,
                     *             "region": null,
                     *             "policy": "ProtectRegistries",
                     *             "statements": [],
                     *             "before": "ProtectRegistries at ou-lk42-w0rkload",
                     *             "after": null,
                     *             "concernsEcr": true
                     *           },
                     *           "cause": {
                     *             "kind": "events",
                     *             "events": [
                     *               {
                     *                 "eventId": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *                 "eventSource": "organizations.amazonaws.com",
                     *                 "eventName": "DetachPolicy",
                     *                 "time": "2026-11-10T08:02:41.000Z",
                     *                 "accountId": "111122223333",
                     *                 "region": "us-east-1",
                     *                 "actor": {
                     *                   "kind": "role",
                     *                   "accountId": "111122223333",
                     *                   "arn": "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58",
                     *                   "name": "AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58",
                     *                   "sessionName": "petra.svensson@larkfield.example",
                     *                   "sourceIdentity": null,
                     *                   "identityCenterUser": {
                     *                     "name": "petra.svensson@larkfield.example",
                     *                     "id": null
                     *                   },
                     *                   "webIdentity": null,
                     *                   "onBehalfOf": null
                     *                 },
                     *                 "sourceAddress": "203.0.113.181"
                     *               }
                     *             ],
                     *             "earlier": [],
                     *             "isCertain": true,
                     *             "unexplained": []
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "WyJzY2FuRHJpZnQiLCIwYjBjN2MxZS0xZDBlLTRjNTUtOWYwYy02YjhmNmYwZjRhMTEiLDBd"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        /**
                         * Format: uuid
                         * @description The scan before; null where nothing drifted.
                         */
                        readonly sinceScanId: string | null;
                        readonly items: readonly components["schemas"]["Drift"][];
                        /** @description Those that the items of this page name. */
                        readonly differences: readonly components["schemas"]["Difference"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly compareScans: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: kind, isCertain, lifecycle, principals, repositories, registries, capabilities, actions, before, before.decision, before.residual, before.condition, after, after.decision, after.residual, after.condition, differences, together, unread.
                 * @example kind,isCertain
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description The earlier scan; the one before `to` where none is named.
                 * @example 5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a
                 */
                readonly from?: string;
                /**
                 * @description The later scan; the latest one where none is named.
                 * @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11
                 */
                readonly to?: string;
                /** @example granted */
                readonly kind?: "granted" | "revoked" | "widened" | "narrowed" | "altered";
                /** @example true */
                readonly certain?: "true" | "false";
                /** @example push */
                readonly capability?: "pull" | "push" | "delete" | "administer" | "replicate";
                /**
                 * @description Id or ARN.
                 * @example arn:aws:iam::333344445555:role/teams/routing-publisher
                 */
                readonly principal?: string;
                /**
                 * @description Only drift on repositories with such a name, letter by letter; `*` stands for any characters.
                 * @example payments/*
                 */
                readonly repository?: string;
                /**
                 * @description Only drift on repositories and registries of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Drift, what matters most first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "from": {
                     *         "scan": {
                     *           "id": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *           "takenAt": "2026-11-09T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 1
                     *         }
                     *       },
                     *       "evaluatorVersion": "2",
                     *       "compared": {
                     *         "principals": 114,
                     *         "repositories": 51
                     *       },
                     *       "notCompared": {
                     *         "total": 2,
                     *         "first": [
                     *           {
                     *             "what": "iam",
                     *             "accountId": "777788889999",
                     *             "region": null,
                     *             "resource": null,
                     *             "unreadIn": "both"
                     *           },
                     *           {
                     *             "what": "repositoryPolicy",
                     *             "accountId": "444455556666",
                     *             "region": "us-east-1",
                     *             "resource": "arn:aws:ecr:us-east-1:444455556666:repository/lambda/address-check",
                     *             "unreadIn": "after"
                     *           }
                     *         ]
                     *       },
                     *       "items": [
                     *         {
                     *           "kind": "granted",
                     *           "principals": [
                     *             {
                     *               "id": "AIDA2OPZD7G2NVZ6N457G",
                     *               "arn": "arn:aws:iam::555566667777:user/contractors/liu.wen",
                     *               "kind": "user",
                     *               "accountId": "555566667777",
                     *               "name": "liu.wen"
                     *             }
                     *           ],
                     *           "repositories": [
                     *             "arn:aws:ecr:eu-west-1:555566667777:repository/preview/driver-app",
                     *             "arn:aws:ecr:eu-west-1:555566667777:repository/preview/parcel-web"
                     *           ],
                     *           "registries": [],
                     *           "capabilities": [
                     *             "push",
                     *             "delete"
                     *           ],
                     *           "actions": [
                     *             "ecr:BatchDeleteImage",
                     *             "ecr:BatchGetRepositoryScanningConfiguration"
                     *           ],
                     *           "before": {
                     *             "decision": "denied",
                     *             "residual": null,
                     *             "condition": null
                     *           },
                     *           "after": {
                     *             "decision": "allowed",
                     *             "residual": null,
                     *             "condition": null
                     *           },
                     *           "lifecycle": null,
                     *           "differences": [
                     *             10,
                     *             15
                     *           ],
                     *           "together": false,
                     *           "isCertain": true,
                     *           "unread": []
                     *         }
                     *       ],
                     *       "nextCursor": "WyJkcmlmdCIsIjBiMGM3YzFlLTFkMGUtNGM1NS05ZjBjLTZiOGY2ZjBmNGExMSIseyJmcm9tU2NhbklkIjoiNWQyZjZjMGEtN2MzYi00ZjBlLTlhNTYtMWYwZTJkM2M0YjVhIiwiaW5kZXgiOjB9XQ"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly from: components["schemas"]["AsOf"] & unknown;
                        /** @description Of the rules by which both were judged. */
                        readonly evaluatorVersion: string;
                        readonly compared: {
                            readonly principals: number;
                            readonly repositories: number;
                        };
                        readonly notCompared: {
                            readonly total: number;
                            /** @description What either scan could not read. */
                            readonly first: readonly {
                                readonly what: string;
                                readonly accountId: string | null;
                                readonly region: string | null;
                                readonly resource: string | null;
                                /** @enum {string} */
                                readonly unreadIn: "before" | "after" | "both";
                            }[];
                        };
                        readonly items: readonly components["schemas"]["DriftBetween"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example kind,isCertain,lifecycle,principals,repositories,registries,capabilities,actions,before.decision,before.residual,before.condition,after.decision,after.residual,after.condition,differences,together,unread
                     *     granted,true,,"[{""id"":""AIDA2OPZD7G2NVZ6N457G"",""arn"":""arn:aws:iam::555566667777:user/contractors/liu.wen"",""kind"":""user"",""accountId"":""555566667777"",""name"":""liu.wen""}]",arn:aws:ecr:eu-west-1:555566667777:repository/preview/driver-app; arn:aws:ecr:eu-west-1:555566667777:repository/preview/parcel-web; arn:aws:ecr:eu-west-1:555566667777:repository/preview/partner-portal,,push; delete; administer; replicate,ecr:BatchDeleteImage; ecr:BatchGetRepositoryScanningConfiguration; ecr:CompleteLayerUpload; ecr:DeleteLifecyclePolicy; ecr:DeleteRepository; ecr:DeleteRepositoryPolicy; ecr:DescribeImageReplicationStatus; ecr:DescribeImageSigningStatus; ecr:GetImageCopyStatus; ecr:InitiateLayerUpload; ecr:PutImage; ecr:PutImageScanningConfiguration; ecr:PutImageTagMutability; ecr:PutLifecyclePolicy; ecr:ReplicateImage; ecr:SetRepositoryPolicy; ecr:StartImageScan; ecr:StartLifecyclePolicyPreview; ecr:TagResource; ecr:UntagResource; ecr:UpdateImageStorageClass; ecr:UploadLayerPart,denied,,,allowed,,,"[10,15]",false,
                     */
                    readonly "text/csv": string;
                    /** @example {"kind":"granted","principals":[{"id":"AIDA2OPZD7G2NVZ6N457G","arn":"arn:aws:iam::555566667777:user/contractors/liu.wen","kind":"user","accountId":"555566667777","name":"liu.wen"}],"repositories":["arn:aws:ecr:eu-west-1:555566667777:repository/preview/driver-app","arn:aws:ecr:eu-west-1:555566667777:repository/preview/parcel-web","arn:aws:ecr:eu-west-1:555566667777:repository/preview/partner-portal"],"registries":[],"capabilities":["push","delete","administer","replicate"],"actions":["ecr:BatchDeleteImage","ecr:BatchGetRepositoryScanningConfiguration","ecr:CompleteLayerUpload","ecr:DeleteLifecyclePolicy","ecr:DeleteRepository","ecr:DeleteRepositoryPolicy","ecr:DescribeImageReplicationStatus","ecr:DescribeImageSigningStatus","ecr:GetImageCopyStatus","ecr:InitiateLayerUpload","ecr:PutImage","ecr:PutImageScanningConfiguration","ecr:PutImageTagMutability","ecr:PutLifecyclePolicy","ecr:ReplicateImage","ecr:SetRepositoryPolicy","ecr:StartImageScan","ecr:StartLifecyclePolicyPreview","ecr:TagResource","ecr:UntagResource","ecr:UpdateImageStorageClass","ecr:UploadLayerPart"],"before":{"decision":"denied","residual":null,"condition":null},"after":{"decision":"allowed","residual":null,"condition":null},"lifecycle":null,"differences":[10,15],"together":false,"isCertain":true,"unread":[]} */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listDifferences: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: index, kind, change, subjects, accountId, region, policy, statements, before, after, concernsEcr, cause.
                 * @example index,kind
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description The earlier scan; the one before `to` where none is named.
                 * @example 5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a
                 */
                readonly from?: string;
                /**
                 * @description The later scan; the latest one where none is named.
                 * @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11
                 */
                readonly to?: string;
                /**
                 * @description Only differences of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /**
                 * @description Whether access to ECR may rest on it.
                 * @example true
                 */
                readonly concernsEcr?: "true" | "false";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Differences. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "from": {
                     *         "scan": {
                     *           "id": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *           "takenAt": "2026-11-09T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 1
                     *         }
                     *       },
                     *       "evaluatorVersion": "2",
                     *       "compared": {
                     *         "principals": 114,
                     *         "repositories": 51
                     *       },
                     *       "notCompared": {
                     *         "total": 2,
                     *         "first": [
                     *           {
                     *             "what": "iam",
                     *             "accountId": "777788889999",
                     *             "region": null,
                     *             "resource": null,
                     *             "unreadIn": "both"
                     *           },
                     *           {
                     *             "what": "repositoryPolicy",
                     *             "accountId": "444455556666",
                     *             "region": "us-east-1",
                     *             "resource": "arn:aws:ecr:us-east-1:444455556666:repository/lambda/address-check",
                     *             "unreadIn": "after"
                     *           }
                     *         ]
                     *       },
                     *       "items": [
                     *         {
                     *           "kind": "inlinePolicy",
                     *           "change": "changed",
                     *           "subjects": [
                     *             "role:333344445555/image-promoter"
                     *           ],
                     *           "accountId": "333344445555",
                     *           "region": null,
                     *           "policy": "arn:aws:iam::333344445555:role/platform/image-promoter#inline:PromoteThroughTheEndpoint",
                     *           "before": null,
                     *           "after": null,
                     *           "concernsEcr": true,
                     *           "index": 0,
                     *           "statements": [
                     *             {
                     *               "effect": "Allow",
                     *               "sid": "Promote",
                     *               "actions": [
                     *                 "ecr:BatchCheckLayerAvailability",
                     *                 "ecr:BatchGetImage"
                     *               ],
                     *               "resources": [
                     *                 "arn:aws:ecr:*:333344445555:repository/*"
                     *               ],
                     *               "explicit": true,
                     *               "conditional": true,
                     *               "withoutEffect": [],
                     *               "statement": {
                     *                 "Sid": "Promote",
                     *                 "Effect": "Allow",
                     *                 "Action": [
                     *                   "ecr:BatchCheckLayerAvailability",
                     *                   "ecr:BatchGetImage"
                     *                 ],
                     *                 "Resource": "arn:aws:ecr:*:333344445555:repository/*",
                     *                 "Condition": {
                     *                   "StringEquals": {
                     *                     "aws:SourceVpce": "vpce-0a4b7c9d1e2f3a586"
                     *                   }
                     *                 }
                     *               },
                     *               "change": "removed"
                     *             },
                     *             {
                     *               "effect": "Allow",
                     *               "sid": "Promote",
                     *               "actions": [
                     *                 "ecr:BatchCheckLayerAvailability",
                     *                 "ecr:BatchGetImage"
                     *               ],
                     *               "resources": [
                     *                 "arn:aws:ecr:*:333344445555:repository/*"
                     *               ],
                     *               "explicit": true,
                     *               "conditional": false,
                     *               "withoutEffect": [],
                     *               "statement": {
                     *                 "Sid": "Promote",
                     *                 "Effect": "Allow",
                     *                 "Action": [
                     *                   "ecr:BatchCheckLayerAvailability",
                     *                   "ecr:BatchGetImage"
                     *                 ],
                     *                 "Resource": "arn:aws:ecr:*:333344445555:repository/*"
                     *               },
                     *               "change": "added"
                     *             }
                     *           ],
                     *           "cause": {
                     *             "kind": "events",
                     *             "events": [
                     *               {
                     *                 "eventId": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *                 "eventSource": "iam.amazonaws.com",
                     *                 "eventName": "PutRolePolicy",
                     *                 "time": "2026-11-13T16:30:55.000Z",
                     *                 "accountId": "333344445555",
                     *                 "region": "us-east-1",
                     *                 "actor": {
                     *                   "kind": "role",
                     *                   "accountId": "333344445555",
                     *                   "arn": "arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693",
                     *                   "name": "AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693",
                     *                   "sessionName": "marta.kowal@larkfield.example",
                     *                   "sourceIdentity": null,
                     *                   "identityCenterUser": {
                     *                     "name": "marta.kowal@larkfield.example",
                     *                     "id": null
                     *                   },
                     *                   "webIdentity": null,
                     *                   "onBehalfOf": null
                     *                 },
                     *                 "sourceAddress": "203.0.113.176"
                     *               }
                     *             ],
                     *             "earlier": [],
                     *             "isCertain": true,
                     *             "unexplained": []
                     *           }
                     *         },
                     *         {
                     *           "kind": "principalTags",
                     *           "change": "changed",
                     *           "subjects": [
                     *             "role:333344445555/routing-publisher"
                     *           ],
                     *           "accountId": "333344445555",
                     *           "region": null,
                     *           "policy": null,
                     *           "before": "{\"CostCentre\":\"engineering\",\"Team\":\"routing\"}",
                     *           "after": "{\"CostCentre\":\"engineering\",\"Team\":\"payments\"}",
                     *           "concernsEcr": true,
                     *           "index": 1,
                     *           "statements": [],
                     *           "cause": {
                     *             "kind": "events",
                     *             "events": [
                     *               {
                     *                 "eventId": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *                 "eventSource": "iam.amazonaws.com",
                     *                 "eventName": "TagRole",
                     *                 "time": "2026-11-12T11:20:48.000Z",
                     *                 "accountId": "333344445555",
                     *                 "region": "us-east-1",
                     *                 "actor": {
                     *                   "kind": "role",
                     *                   "accountId": "333344445555",
                     *                   "arn": "arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693",
                     *                   "name": "AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693",
                     *                   "sessionName": "marta.kowal@larkfield.example",
                     *                   "sourceIdentity": null,
                     *                   "identityCenterUser": {
                     *                     "name": "marta.kowal@larkfield.example",
                     *                     "id": null
                     *                   },
                     *                   "webIdentity": null,
                     *                   "onBehalfOf": null
                     *                 },
                     *                 "sourceAddress": "203.0.113.176"
                     *               }
                     *             ],
                     *             "earlier": [],
                     *             "isCertain": true,
                     *             "unexplained": []
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "WyJkaWZmZXJlbmNlcyIsIjBiMGM3YzFlLTFkMGUtNGM1NS05ZjBjLTZiOGY2ZjBmNGExMSIseyJmcm9tU2NhbklkIjoiNWQyZjZjMGEtN2MzYi00ZjBlLTlhNTYtMWYwZTJkM2M0YjVhIiwiaW5kZXgiOjF9XQ"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly from: components["schemas"]["AsOf"] & unknown;
                        /** @description Of the rules by which both were judged. */
                        readonly evaluatorVersion: string;
                        readonly compared: {
                            readonly principals: number;
                            readonly repositories: number;
                        };
                        readonly notCompared: {
                            readonly total: number;
                            /** @description What either scan could not read. */
                            readonly first: readonly {
                                readonly what: string;
                                readonly accountId: string | null;
                                readonly region: string | null;
                                readonly resource: string | null;
                                /** @enum {string} */
                                readonly unreadIn: "before" | "after" | "both";
                            }[];
                        };
                        readonly items: readonly components["schemas"]["DifferenceBetween"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example index,kind,change,subjects,accountId,region,policy,statements,before,after,concernsEcr,cause
                     *     0,inlinePolicy,changed,role:333344445555/image-promoter,333344445555,,arn:aws:iam::333344445555:role/platform/image-promoter#inline:PromoteThroughTheEndpoint,"[{""effect"":""Allow"",""sid"":""Promote"",""actions"":[""ecr:BatchCheckLayerAvailability"",""ecr:BatchGetImage"",""ecr:CompleteLayerUpload"",""ecr:InitiateLayerUpload"",""ecr:PutImage"",""ecr:UploadLayerPart""],""resources"":[""arn:aws:ecr:*:333344445555:repository/*""],""explicit"":true,""conditional"":true,""withoutEffect"":[],""statement"":{""Sid"":""Promote"",""Effect"":""Allow"",""Action"":[""ecr:BatchCheckLayerAvailability"",""ecr:BatchGetImage"",""ecr:CompleteLayerUpload"",""ecr:InitiateLayerUpload"",""ecr:PutImage"",""ecr:UploadLayerPart""],""Resource"":""arn:aws:ecr:*:333344445555:repository/*"",""Condition"":{""StringEquals"":{""aws:SourceVpce"":""vpce-0a4b7c9d1e2f3a586""}}},""change"":""removed""},{""effect"":""Allow"",""sid"":""Promote"",""actions"":[""ecr:BatchCheckLayerAvailability"",""ecr:BatchGetImage"",""ecr:CompleteLayerUpload"",""ecr:InitiateLayerUpload"",""ecr:PutImage"",""ecr:UploadLayerPart""],""resources"":[""arn:aws:ecr:*:333344445555:repository/*""],""explicit"":true,""conditional"":false,""withoutEffect"":[],""statement"":{""Sid"":""Promote"",""Effect"":""Allow"",""Action"":[""ecr:BatchCheckLayerAvailability"",""ecr:BatchGetImage"",""ecr:CompleteLayerUpload"",""ecr:InitiateLayerUpload"",""ecr:PutImage"",""ecr:UploadLayerPart""],""Resource"":""arn:aws:ecr:*:333344445555:repository/*""},""change"":""added""}]",,,true,"{""kind"":""events"",""events"":[{""eventId"":""9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807"",""eventSource"":""iam.amazonaws.com"",""eventName"":""PutRolePolicy"",""time"":""2026-11-13T16:30:55.000Z"",""accountId"":""333344445555"",""region"":""us-east-1"",""actor"":{""kind"":""role"",""accountId"":""333344445555"",""arn"":""arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693"",""name"":""AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693"",""sessionName"":""marta.kowal@larkfield.example"",""sourceIdentity"":null,""identityCenterUser"":{""name"":""marta.kowal@larkfield.example"",""id"":null},""webIdentity"":null,""onBehalfOf"":null},""sourceAddress"":""203.0.113.176""}],""earlier"":[],""isCertain"":true,""unexplained"":[]}"
                     *     1,principalTags,changed,role:333344445555/routing-publisher,333344445555,,,,"{""CostCentre"":""engineering"",""Team"":""routing""}","{""CostCentre"":""engineering"",""Team"":""payments""}",true,"{""kind"":""events"",""events"":[{""eventId"":""9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807"",""eventSource"":""iam.amazonaws.com"",""eventName"":""TagRole"",""time"":""2026-11-12T11:20:48.000Z"",""accountId"":""333344445555"",""region"":""us-east-1"",""actor"":{""kind"":""role"",""accountId"":""333344445555"",""arn"":""arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693"",""name"":""AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693"",""sessionName"":""marta.kowal@larkfield.example"",""sourceIdentity"":null,""identityCenterUser"":{""name"":""marta.kowal@larkfield.example"",""id"":null},""webIdentity"":null,""onBehalfOf"":null},""sourceAddress"":""203.0.113.176""}],""earlier"":[],""isCertain"":true,""unexplained"":[]}"
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"kind":"inlinePolicy","change":"changed","subjects":["role:333344445555/image-promoter"],"accountId":"333344445555","region":null,"policy":"arn:aws:iam::333344445555:role/platform/image-promoter#inline:PromoteThroughTheEndpoint","before":null,"after":null,"concernsEcr":true,"index":0,"statements":[{"effect":"Allow","sid":"Promote","actions":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CompleteLayerUpload","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],"resources":["arn:aws:ecr:*:333344445555:repository/*"],"explicit":true,"conditional":true,"withoutEffect":[],"statement":{"Sid":"Promote","Effect":"Allow","Action":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CompleteLayerUpload","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],"Resource":"arn:aws:ecr:*:333344445555:repository/*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-0a4b7c9d1e2f3a586"}}},"change":"removed"},{"effect":"Allow","sid":"Promote","actions":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CompleteLayerUpload","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],"resources":["arn:aws:ecr:*:333344445555:repository/*"],"explicit":true,"conditional":false,"withoutEffect":[],"statement":{"Sid":"Promote","Effect":"Allow","Action":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CompleteLayerUpload","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],"Resource":"arn:aws:ecr:*:333344445555:repository/*"},"change":"added"}],"cause":{"kind":"events","events":[{"eventId":"9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807","eventSource":"iam.amazonaws.com","eventName":"PutRolePolicy","time":"2026-11-13T16:30:55.000Z","accountId":"333344445555","region":"us-east-1","actor":{"kind":"role","accountId":"333344445555","arn":"arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693","name":"AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693","sessionName":"marta.kowal@larkfield.example","sourceIdentity":null,"identityCenterUser":{"name":"marta.kowal@larkfield.example","id":null},"webIdentity":null,"onBehalfOf":null},"sourceAddress":"203.0.113.176"}],"earlier":[],"isCertain":true,"unexplained":[]}}
                     *     {"kind":"principalTags","change":"changed","subjects":["role:333344445555/routing-publisher"],"accountId":"333344445555","region":null,"policy":null,"before":"{\"CostCentre\":\"engineering\",\"Team\":\"routing\"}","after":"{\"CostCentre\":\"engineering\",\"Team\":\"payments\"}","concernsEcr":true,"index":1,"statements":[],"cause":{"kind":"events","events":[{"eventId":"9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807","eventSource":"iam.amazonaws.com","eventName":"TagRole","time":"2026-11-12T11:20:48.000Z","accountId":"333344445555","region":"us-east-1","actor":{"kind":"role","accountId":"333344445555","arn":"arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693","name":"AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693","sessionName":"marta.kowal@larkfield.example","sourceIdentity":null,"identityCenterUser":{"name":"marta.kowal@larkfield.example","id":null},"webIdentity":null,"onBehalfOf":null},"sourceAddress":"203.0.113.176"}],"earlier":[],"isCertain":true,"unexplained":[]}}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly reportOverPermission: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: principal, principal.id, principal.arn, principal.kind, principal.accountId, principal.name, findings, lastUsedAt, unusedOnProduction, capabilities, unusable.
                 * @example principal,principal.id
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description How many days of use count.
                 * @example 90
                 */
                readonly days?: number;
                /**
                 * @description Names of repositories, accounts or organizational units that are production, with commas between; `*` stands for any characters. Names with the word prod, production, prd or live where none is given.
                 * @example tracking/*,payments/*
                 */
                readonly production?: string;
                /** @example neverPushes */
                readonly finding?: "neverUses" | "neverPushes" | "neverDeletes" | "neverAdministers" | "outsideNeverUses" | "cannotUse";
                /** @example user */
                readonly principalType?: components["schemas"]["PrincipalKind"];
                /**
                 * @description Only principals of this account.
                 * @example 333344445555
                 */
                readonly principalAccountId?: string;
                /**
                 * @description Only principals with such a name, letter by letter; `*` stands for any characters.
                 * @example ci/*
                 */
                readonly principalName?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Principals, those first whose unused rights matter most. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "period": {
                     *         "from": "2026-08-25T12:00:00.000Z",
                     *         "until": "2026-11-23T12:00:00.000Z"
                     *       },
                     *       "leftOut": {
                     *         "rootUsers": 6,
                     *         "serviceLinkedRoles": 14
                     *       },
                     *       "gone": {
                     *         "total": 1,
                     *         "first": [
                     *           {
                     *             "key": "AROAXWHGYSHSXLI4BN3P2",
                     *             "accountId": "444455556666",
                     *             "arn": "arn:aws:iam::444455556666:role/teams/data/airflow-worker",
                     *             "events": 6,
                     *             "lastUsedAt": "2026-11-10T11:36:00.000Z",
                     *             "replacedBy": null
                     *           }
                     *         ]
                     *       },
                     *       "items": [],
                     *       "nextCursor": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        /** @description Of the use that counts. */
                        readonly period: {
                            /**
                             * Format: date-time
                             * @example 2026-11-16T06:00:00.000Z
                             */
                            readonly from: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-16T06:00:00.000Z
                             */
                            readonly until: string;
                        };
                        /** @description Whose rights no policy of theirs can take away. */
                        readonly leftOut: {
                            readonly rootUsers: number;
                            readonly serviceLinkedRoles: number;
                        };
                        readonly gone: {
                            readonly total: number;
                            /** @description Who used something and is not there any more. */
                            readonly first: readonly components["schemas"]["GoneUser"][];
                        };
                        readonly items: readonly components["schemas"]["PrincipalUse"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /** @example principal.id,principal.arn,principal.kind,principal.accountId,principal.name,findings,lastUsedAt,unusedOnProduction,capabilities,unusable */
                    readonly "text/csv": string;
                    /** @example  */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listPoliciesInVain: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: kind, of, policy, statement, owners, fromAll, because, coveredBy, isOnlyEcr, actions, principals, repositories.
                 * @example kind,of
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /** @example idle */
                readonly kind?: "idle" | "oneSided";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Policies. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "notKnown": {
                     *         "policies": 3,
                     *         "statements": 4
                     *       },
                     *       "items": [
                     *         {
                     *           "kind": "idle",
                     *           "of": "repository",
                     *           "policy": "arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow",
                     *           "statement": null,
                     *           "owners": [
                     *             "arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow"
                     *           ],
                     *           "fromAll": true,
                     *           "because": [
                     *             "letsNobodyIn"
                     *           ],
                     *           "coveredBy": [],
                     *           "isOnlyEcr": true,
                     *           "actions": [],
                     *           "principals": [],
                     *           "repositories": []
                     *         }
                     *       ],
                     *       "nextCursor": "WyJwb2xpY2llcy1pbi12YWluIiwiMGIwYzdjMWUtMWQwZS00YzU1LTlmMGMtNmI4ZjZmMGY0YTExIiwwXQ"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        /** @description Of how many it is not known, because something was not read. */
                        readonly notKnown: {
                            readonly policies: number;
                            readonly statements: number;
                        };
                        readonly items: readonly components["schemas"]["PolicyInVain"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example kind,of,policy,statement,owners,fromAll,because,coveredBy,isOnlyEcr,actions,principals,repositories
                     *     idle,repository,arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow,,arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow,true,letsNobodyIn,,true,,,
                     */
                    readonly "text/csv": string;
                    /** @example {"kind":"idle","of":"repository","policy":"arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow","statement":null,"owners":["arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow"],"fromAll":true,"because":["letsNobodyIn"],"coveredBy":[],"isOnlyEcr":true,"actions":[],"principals":[],"repositories":[]} */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly suggestPolicy: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description Unique id or ARN of a user or role. Either this or `repository`.
                 * @example arn:aws:iam::333344445555:role/ci/github-actions-publish
                 */
                readonly principal?: string;
                /**
                 * @description ARN of a repository.
                 * @example arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model
                 */
                readonly repository?: string;
                /**
                 * @description Only what this takes.
                 * @example pull
                 */
                readonly capability?: "pull" | "push" | "delete" | "administer";
                /**
                 * @description How many days of use count.
                 * @example 90
                 */
                readonly days?: number;
                /**
                 * @description A completed scan; the latest one where none is named.
                 * @example 0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11
                 */
                readonly scan?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The suggestion. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "period": {
                     *         "from": "2026-08-25T12:00:00.000Z",
                     *         "until": "2026-11-23T12:00:00.000Z"
                     *       },
                     *       "suggestion": {
                     *         "kind": "suggested",
                     *         "documents": [
                     *           {
                     *             "Version": "2012-10-17",
                     *             "Statement": [
                     *               {
                     *                 "Sid": "Token",
                     *                 "Effect": "Allow",
                     *                 "Action": [
                     *                   "ecr:GetAuthorizationToken"
                     *                 ],
                     *                 "Resource": "*"
                     *               },
                     *               {
                     *                 "Sid": "Push",
                     *                 "Effect": "Allow",
                     *                 "Action": [
                     *                   "ecr:BatchCheckLayerAvailability",
                     *                   "ecr:BatchGetImage"
                     *                 ],
                     *                 "Resource": [
                     *                   "arn:aws:ecr:eu-west-1:333344445555:repository/lambda/label-printer",
                     *                   "arn:aws:ecr:eu-west-1:333344445555:repository/mobile/notifier"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "replaces": [
                     *           "arn:aws:iam::333344445555:policy/ci/PublishServices"
                     *         ],
                     *         "notes": [],
                     *         "proof": {
                     *           "kept": [
                     *             {
                     *               "resource": "arn:aws:ecr:eu-west-1:333344445555:repository/lambda/label-printer",
                     *               "region": "eu-west-1",
                     *               "action": "ecr:BatchCheckLayerAvailability",
                     *               "events": 2,
                     *               "onBehalfOf": [],
                     *               "lastUsedAt": "2026-11-11T15:46:00.000Z"
                     *             },
                     *             {
                     *               "resource": "arn:aws:ecr:eu-west-1:333344445555:repository/lambda/label-printer",
                     *               "region": "eu-west-1",
                     *               "action": "ecr:CompleteLayerUpload",
                     *               "events": 2,
                     *               "onBehalfOf": [],
                     *               "lastUsedAt": "2026-11-11T15:48:00.000Z"
                     *             }
                     *           ],
                     *           "keptByOthers": [],
                     *           "deniedAlready": [],
                     *           "leftOut": [],
                     *           "removed": [
                     *             {
                     *               "action": "ecr:BatchCheckLayerAvailability",
                     *               "repositories": [
                     *                 "arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow",
                     *                 "arn:aws:ecr:eu-west-1:333344445555:repository/data/notebooks"
                     *               ],
                     *               "count": 23,
                     *               "notKnownBecause": "eventsNotRead"
                     *             },
                     *             {
                     *               "action": "ecr:BatchGetImage",
                     *               "repositories": [
                     *                 "arn:aws:ecr:eu-west-1:333344445555:repository/data/airflow",
                     *                 "arn:aws:ecr:eu-west-1:333344445555:repository/data/notebooks"
                     *               ],
                     *               "count": 23,
                     *               "notKnownBecause": "windowEndsEarly"
                     *             }
                     *           ]
                     *         },
                     *         "principal": {
                     *           "id": "AROAKFKETFXXV6GZX5JUF",
                     *           "arn": "arn:aws:iam::333344445555:role/ci/github-actions-publish",
                     *           "kind": "role",
                     *           "accountId": "333344445555",
                     *           "name": "github-actions-publish"
                     *         },
                     *         "lengthMax": 6144,
                     *         "inline": {
                     *           "length": 822,
                     *           "lengthMax": 10240,
                     *           "isWithin": true
                     *         },
                     *         "nearest": null,
                     *         "basis": [
                     *           {
                     *             "accountId": "333344445555",
                     *             "region": "eu-west-1",
                     *             "pull": {
                     *               "isWatched": false,
                     *               "reason": "windowEndsEarly"
                     *             },
                     *             "push": {
                     *               "isWatched": false,
                     *               "reason": "windowEndsEarly"
                     *             }
                     *           },
                     *           {
                     *             "accountId": "555566667777",
                     *             "region": "eu-west-1",
                     *             "pull": {
                     *               "isWatched": false,
                     *               "reason": "windowEndsEarly"
                     *             },
                     *             "push": {
                     *               "isWatched": false,
                     *               "reason": "windowEndsEarly"
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly period: {
                            /**
                             * Format: date-time
                             * @example 2026-11-16T06:00:00.000Z
                             */
                            readonly from: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-16T06:00:00.000Z
                             */
                            readonly until: string;
                        };
                        readonly suggestion: components["schemas"]["Suggestion"];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listPolicies: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: arn, name, version, allows, denies, isWhole, problems, principals, boundaries, freed, freed.ecr, freed.push, freed.administer, freed.delete, freed.pull.
                 * @example arn,name
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /**
                 * @description What they are ranked by; `ecr` is any right of it.
                 * @example push
                 */
                readonly by?: "ecr" | "push" | "administer" | "delete" | "pull";
                /**
                 * @description Only policies with such a name, letter by letter; `*` stands for any characters.
                 * @example *Publish*
                 */
                readonly name?: string;
                /** @example arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser */
                readonly arn?: string;
                /** @example true */
                readonly awsManaged?: "true" | "false";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Policies, the one first that frees most. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "items": [
                     *         {
                     *           "arn": "arn:aws:iam::aws:policy/AdministratorAccess",
                     *           "name": "AdministratorAccess",
                     *           "version": "v1",
                     *           "allows": [
                     *             {
                     *               "actions": [
                     *                 "ecr:BatchCheckLayerAvailability",
                     *                 "ecr:BatchDeleteImage"
                     *               ],
                     *               "resources": [
                     *                 "*"
                     *               ],
                     *               "explicit": false,
                     *               "conditional": false,
                     *               "withoutEffect": []
                     *             }
                     *           ],
                     *           "denies": [],
                     *           "isWhole": true,
                     *           "problems": [],
                     *           "principals": 14,
                     *           "boundaries": 0,
                     *           "freed": {
                     *             "ecr": [
                     *               "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58",
                     *               "arn:aws:iam::111122223333:role/ci/terraform-organization"
                     *             ],
                     *             "push": [
                     *               "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58",
                     *               "arn:aws:iam::111122223333:role/ci/terraform-organization"
                     *             ],
                     *             "administer": [
                     *               "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58",
                     *               "arn:aws:iam::111122223333:role/ci/terraform-organization"
                     *             ],
                     *             "delete": [
                     *               "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58",
                     *               "arn:aws:iam::111122223333:role/ci/terraform-organization"
                     *             ],
                     *             "pull": [
                     *               "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58",
                     *               "arn:aws:iam::111122223333:role/ci/terraform-organization"
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "WyJwb2xpY2llcyIsIjBiMGM3YzFlLTFkMGUtNGM1NS05ZjBjLTZiOGY2ZjBmNGExMSIsMF0"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly items: readonly components["schemas"]["ManagedPolicy"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example arn,name,version,allows,denies,isWhole,problems,principals,boundaries,freed.ecr,freed.push,freed.administer,freed.delete,freed.pull
                     *     arn:aws:iam::aws:policy/AdministratorAccess,AdministratorAccess,v1,"[{""actions"":[""ecr:BatchCheckLayerAvailability"",""ecr:BatchDeleteImage"",""ecr:BatchGetImage"",""ecr:BatchGetRepositoryScanningConfiguration"",""ecr:BatchImportUpstreamImage"",""ecr:CompleteLayerUpload"",""ecr:CreatePullThroughCacheRule"",""ecr:CreateRepository"",""ecr:CreateRepositoryCreationTemplate"",""ecr:DeleteLifecyclePolicy"",""ecr:DeletePullThroughCacheRule"",""ecr:DeleteRegistryPolicy"",""ecr:DeleteRepository"",""ecr:DeleteRepositoryCreationTemplate"",""ecr:DeleteRepositoryPolicy"",""ecr:DeleteSigningConfiguration"",""ecr:DeregisterPullTimeUpdateExclusion"",""ecr:DescribeImageReplicationStatus"",""ecr:DescribeImageScanFindings"",""ecr:DescribeImageSigningStatus"",""ecr:DescribeImages"",""ecr:DescribePullThroughCacheRules"",""ecr:DescribeRegistry"",""ecr:DescribeRepositories"",""ecr:DescribeRepositoryCreationTemplates"",""ecr:GetAccountSetting"",""ecr:GetAuthorizationToken"",""ecr:GetDownloadUrlForLayer"",""ecr:GetImageCopyStatus"",""ecr:GetLifecyclePolicy"",""ecr:GetLifecyclePolicyPreview"",""ecr:GetRegistryPolicy"",""ecr:GetRegistryScanningConfiguration"",""ecr:GetRepositoryPolicy"",""ecr:GetSigningConfiguration"",""ecr:InitiateLayerUpload"",""ecr:ListImages"",""ecr:ListPullTimeUpdateExclusions"",""ecr:ListTagsForResource"",""ecr:PutAccountSetting"",""ecr:PutImage"",""ecr:PutImageScanningConfiguration"",""ecr:PutImageTagMutability"",""ecr:PutLifecyclePolicy"",""ecr:PutRegistryPolicy"",""ecr:PutRegistryScanningConfiguration"",""ecr:PutReplicationConfiguration"",""ecr:PutSigningConfiguration"",""ecr:RegisterPullTimeUpdateExclusion"",""ecr:ReplicateImage"",""ecr:SetRepositoryPolicy"",""ecr:StartImageScan"",""ecr:StartLifecyclePolicyPreview"",""ecr:TagResource"",""ecr:UntagResource"",""ecr:UpdateImageStorageClass"",""ecr:UpdatePullThroughCacheRule"",""ecr:UpdateRepositoryCreationTemplate"",""ecr:UploadLayerPart"",""ecr:ValidatePullThroughCacheRule""],""resources"":[""*""],""explicit"":false,""conditional"":false,""withoutEffect"":[]}]",,true,,14,0,arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58; arn:aws:iam::111122223333:role/ci/terraform-organization; arn:aws:iam::111122223333:user/emergency/breakglass; arn:aws:iam::222233334444:role/OrganizationAccountAccessRole; arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745,arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58; arn:aws:iam::111122223333:role/ci/terraform-organization; arn:aws:iam::111122223333:user/emergency/breakglass; arn:aws:iam::222233334444:role/OrganizationAccountAccessRole; arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745; arn:aws:iam::333344445555:role/OrganizationAccountAccessRole; arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693; arn:aws:iam::444455556666:role/OrganizationAccountAccessRole; arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_e2b7904f6d1ca835; arn:aws:iam::555566667777:role/OrganizationAccountAccessRole; arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924; arn:aws:iam::666677778888:role/OrganizationAccountAccessRole; arn:aws:iam::666677778888:role/playground; arn:aws:iam::666677778888:user/workshop,arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58; arn:aws:iam::111122223333:role/ci/terraform-organization; arn:aws:iam::111122223333:user/emergency/breakglass; arn:aws:iam::222233334444:role/OrganizationAccountAccessRole; arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745; arn:aws:iam::333344445555:role/OrganizationAccountAccessRole; arn:aws:iam::555566667777:role/OrganizationAccountAccessRole; arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924; arn:aws:iam::666677778888:role/OrganizationAccountAccessRole; arn:aws:iam::666677778888:role/playground; arn:aws:iam::666677778888:user/workshop,arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58; arn:aws:iam::111122223333:role/ci/terraform-organization; arn:aws:iam::111122223333:user/emergency/breakglass; arn:aws:iam::333344445555:role/OrganizationAccountAccessRole; arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693; arn:aws:iam::555566667777:role/OrganizationAccountAccessRole; arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924,arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58; arn:aws:iam::111122223333:role/ci/terraform-organization; arn:aws:iam::111122223333:user/emergency/breakglass; arn:aws:iam::222233334444:role/OrganizationAccountAccessRole; arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745; arn:aws:iam::333344445555:role/OrganizationAccountAccessRole; arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693; arn:aws:iam::444455556666:role/OrganizationAccountAccessRole; arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_e2b7904f6d1ca835; arn:aws:iam::555566667777:role/OrganizationAccountAccessRole; arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924; arn:aws:iam::666677778888:role/OrganizationAccountAccessRole; arn:aws:iam::666677778888:role/playground; arn:aws:iam::666677778888:user/workshop
                     */
                    readonly "text/csv": string;
                    /** @example {"arn":"arn:aws:iam::aws:policy/AdministratorAccess","name":"AdministratorAccess","version":"v1","allows":[{"actions":["ecr:BatchCheckLayerAvailability","ecr:BatchDeleteImage","ecr:BatchGetImage","ecr:BatchGetRepositoryScanningConfiguration","ecr:BatchImportUpstreamImage","ecr:CompleteLayerUpload","ecr:CreatePullThroughCacheRule","ecr:CreateRepository","ecr:CreateRepositoryCreationTemplate","ecr:DeleteLifecyclePolicy","ecr:DeletePullThroughCacheRule","ecr:DeleteRegistryPolicy","ecr:DeleteRepository","ecr:DeleteRepositoryCreationTemplate","ecr:DeleteRepositoryPolicy","ecr:DeleteSigningConfiguration","ecr:DeregisterPullTimeUpdateExclusion","ecr:DescribeImageReplicationStatus","ecr:DescribeImageScanFindings","ecr:DescribeImageSigningStatus","ecr:DescribeImages","ecr:DescribePullThroughCacheRules","ecr:DescribeRegistry","ecr:DescribeRepositories","ecr:DescribeRepositoryCreationTemplates","ecr:GetAccountSetting","ecr:GetAuthorizationToken","ecr:GetDownloadUrlForLayer","ecr:GetImageCopyStatus","ecr:GetLifecyclePolicy","ecr:GetLifecyclePolicyPreview","ecr:GetRegistryPolicy","ecr:GetRegistryScanningConfiguration","ecr:GetRepositoryPolicy","ecr:GetSigningConfiguration","ecr:InitiateLayerUpload","ecr:ListImages","ecr:ListPullTimeUpdateExclusions","ecr:ListTagsForResource","ecr:PutAccountSetting","ecr:PutImage","ecr:PutImageScanningConfiguration","ecr:PutImageTagMutability","ecr:PutLifecyclePolicy","ecr:PutRegistryPolicy","ecr:PutRegistryScanningConfiguration","ecr:PutReplicationConfiguration","ecr:PutSigningConfiguration","ecr:RegisterPullTimeUpdateExclusion","ecr:ReplicateImage","ecr:SetRepositoryPolicy","ecr:StartImageScan","ecr:StartLifecyclePolicyPreview","ecr:TagResource","ecr:UntagResource","ecr:UpdateImageStorageClass","ecr:UpdatePullThroughCacheRule","ecr:UpdateRepositoryCreationTemplate","ecr:UploadLayerPart","ecr:ValidatePullThroughCacheRule"],"resources":["*"],"explicit":false,"conditional":false,"withoutEffect":[]}],"denies":[],"isWhole":true,"problems":[],"principals":14,"boundaries":0,"freed":{"ecr":["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58","arn:aws:iam::111122223333:role/ci/terraform-organization","arn:aws:iam::111122223333:user/emergency/breakglass","arn:aws:iam::222233334444:role/OrganizationAccountAccessRole","arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745"],"push":["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58","arn:aws:iam::111122223333:role/ci/terraform-organization","arn:aws:iam::111122223333:user/emergency/breakglass","arn:aws:iam::222233334444:role/OrganizationAccountAccessRole","arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745","arn:aws:iam::333344445555:role/OrganizationAccountAccessRole","arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693","arn:aws:iam::444455556666:role/OrganizationAccountAccessRole","arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_e2b7904f6d1ca835","arn:aws:iam::555566667777:role/OrganizationAccountAccessRole","arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924","arn:aws:iam::666677778888:role/OrganizationAccountAccessRole","arn:aws:iam::666677778888:role/playground","arn:aws:iam::666677778888:user/workshop"],"administer":["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58","arn:aws:iam::111122223333:role/ci/terraform-organization","arn:aws:iam::111122223333:user/emergency/breakglass","arn:aws:iam::222233334444:role/OrganizationAccountAccessRole","arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745","arn:aws:iam::333344445555:role/OrganizationAccountAccessRole","arn:aws:iam::555566667777:role/OrganizationAccountAccessRole","arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924","arn:aws:iam::666677778888:role/OrganizationAccountAccessRole","arn:aws:iam::666677778888:role/playground","arn:aws:iam::666677778888:user/workshop"],"delete":["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58","arn:aws:iam::111122223333:role/ci/terraform-organization","arn:aws:iam::111122223333:user/emergency/breakglass","arn:aws:iam::333344445555:role/OrganizationAccountAccessRole","arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693","arn:aws:iam::555566667777:role/OrganizationAccountAccessRole","arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924"],"pull":["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58","arn:aws:iam::111122223333:role/ci/terraform-organization","arn:aws:iam::111122223333:user/emergency/breakglass","arn:aws:iam::222233334444:role/OrganizationAccountAccessRole","arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_c8d91e60ab3f2745","arn:aws:iam::333344445555:role/OrganizationAccountAccessRole","arn:aws:iam::333344445555:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693","arn:aws:iam::444455556666:role/OrganizationAccountAccessRole","arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_e2b7904f6d1ca835","arn:aws:iam::555566667777:role/OrganizationAccountAccessRole","arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924","arn:aws:iam::666677778888:role/OrganizationAccountAccessRole","arn:aws:iam::666677778888:role/playground","arn:aws:iam::666677778888:user/workshop"]}} */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listSeries: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 2
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: day, scanId, isComplete, accountId, measure, principals, unknown.
                 * @example day,scanId
                 */
                readonly fields?: string;
                /**
                 * @description Key of the target to answer for; that of the latest completed scan where none is named.
                 * @example organization:o-lk7parcel42
                 */
                readonly target?: string;
                /** @example push */
                readonly measure?: "push" | "administer" | "external";
                /**
                 * @description Only repositories of this account.
                 * @example 333344445555
                 */
                readonly accountId?: string;
                /**
                 * @description Each account, or all of them together.
                 * @example each
                 */
                readonly accounts?: "each" | "together";
                /**
                 * @description Only days from then on. An ISO time, or days before now.
                 * @example 90d
                 */
                readonly from?: string;
                /**
                 * @description Only days until then. An ISO time, or days before now.
                 * @example 2026-11-20T00:00:00Z
                 */
                readonly until?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Points by day, measure and account. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "items": [
                     *         {
                     *           "day": "2026-11-09",
                     *           "scanId": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *           "isComplete": false,
                     *           "accountId": null,
                     *           "measure": "push",
                     *           "principals": 55,
                     *           "unknown": 3
                     *         },
                     *         {
                     *           "day": "2026-11-09",
                     *           "scanId": "5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a",
                     *           "isComplete": false,
                     *           "accountId": "111122223333",
                     *           "measure": "push",
                     *           "principals": 4,
                     *           "unknown": 0
                     *         }
                     *       ],
                     *       "nextCursor": "WyJzZXJpZXMiLCIwYjBjN2MxZS0xZDBlLTRjNTUtOWYwYy02YjhmNmYwZjRhMTEiLDFd"
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly items: readonly components["schemas"]["SeriesPoint"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example day,scanId,isComplete,accountId,measure,principals,unknown
                     *     2026-11-09,5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a,false,,push,55,3
                     *     2026-11-09,5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a,false,111122223333,push,4,0
                     */
                    readonly "text/csv": string;
                    /**
                     * @example {"day":"2026-11-09","scanId":"5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a","isComplete":false,"accountId":null,"measure":"push","principals":55,"unknown":3}
                     *     {"day":"2026-11-09","scanId":"5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a","isComplete":false,"accountId":"111122223333","measure":"push","principals":4,"unknown":0}
                     */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly explain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "principal": "arn:aws:iam::333344445555:role/teams/routing-publisher",
                 *       "action": "push",
                 *       "resource": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                 *       "context": {
                 *         "aws:SecureTransport": "true"
                 *       },
                 *       "scan": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11"
                 *     }
                 */
                readonly "application/json": components["schemas"]["ExplainRequest"];
            };
        };
        readonly responses: {
            /** @description The answer with its reasons. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "explanation": {
                     *         "principal": "arn:aws:iam::333344445555:role/teams/routing-publisher",
                     *         "principalKind": "role",
                     *         "action": "push",
                     *         "needs": "all",
                     *         "resource": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *         "region": "eu-west-1",
                     *         "decision": "allowed",
                     *         "residual": null,
                     *         "reasons": [
                     *           {
                     *             "policyType": "identity",
                     *             "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *             "statement": "PushByName",
                     *             "effect": "Allow",
                     *             "via": "attached"
                     *           },
                     *           {
                     *             "policyType": "identity",
                     *             "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *             "statement": "PushByTag",
                     *             "effect": "Allow",
                     *             "via": "attached"
                     *           }
                     *         ],
                     *         "limits": [
                     *           {
                     *             "code": "sessionTags",
                     *             "message": "it rests on the tags of the role: tags passed with a session could add to them or replace them"
                     *           }
                     *         ],
                     *         "condition": null,
                     *         "openKeys": [],
                     *         "given": [
                     *           {
                     *             "key": "aws:SecureTransport",
                     *             "values": [
                     *               "true"
                     *             ],
                     *             "isAsked": false
                     *           }
                     *         ],
                     *         "similarRepositories": [],
                     *         "actions": [
                     *           {
                     *             "action": "ecr:BatchCheckLayerAvailability",
                     *             "resource": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *             "decision": "allowed",
                     *             "condition": null,
                     *             "isSameAccount": true,
                     *             "gates": [
                     *               {
                     *                 "gate": "identity",
                     *                 "label": "identity policies",
                     *                 "verdict": "allows",
                     *                 "decides": true,
                     *                 "lacksAllow": false,
                     *                 "policies": [
                     *                   {
                     *                     "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *                     "policyType": "identity",
                     *                     "owner": {
                     *                       "kind": "account",
                     *                       "id": "333344445555"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "direct"
                     *                     }
                     *                   }
                     *                 ],
                     *                 "statements": [
                     *                   {
                     *                     "policyType": "identity",
                     *                     "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *                     "statement": "PushByName",
                     *                     "effect": "Allow",
                     *                     "via": "attached",
                     *                     "sid": "PushByName",
                     *                     "index": 1,
                     *                     "owner": {
                     *                       "kind": "account",
                     *                       "id": "333344445555"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "direct"
                     *                     },
                     *                     "names": null,
                     *                     "isNotPrincipal": false,
                     *                     "condition": null,
                     *                     "residual": null,
                     *                     "writtenCondition": "if arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model matches arn:aws:ecr:*:333344445555:repository/${aws:principaltag/team}/*",
                     *                     "decides": true
                     *                   },
                     *                   {
                     *                     "policyType": "identity",
                     *                     "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *                     "statement": "PushByTag",
                     *                     "effect": "Allow",
                     *                     "via": "attached",
                     *                     "sid": "PushByTag",
                     *                     "index": 2,
                     *                     "owner": {
                     *                       "kind": "account",
                     *                       "id": "333344445555"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "direct"
                     *                     },
                     *                     "names": null,
                     *                     "isNotPrincipal": false,
                     *                     "condition": null,
                     *                     "residual": null,
                     *                     "writtenCondition": "if aws:ResourceTag/Team is ${aws:principaltag/team} and aws:PrincipalTag/Team is present",
                     *                     "decides": true
                     *                   }
                     *                 ],
                     *                 "unmet": [],
                     *                 "unread": []
                     *               },
                     *               {
                     *                 "gate": "scp",
                     *                 "label": "root Root (r-lk42)",
                     *                 "verdict": "allows",
                     *                 "decides": false,
                     *                 "lacksAllow": false,
                     *                 "policies": [
                     *                   {
                     *                     "policy": "FullAWSAccess",
                     *                     "policyType": "scp",
                     *                     "owner": {
                     *                       "kind": "organization",
                     *                       "id": "o-lk7parcel42"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "scp",
                     *                       "level": "root",
                     *                       "id": "r-lk42",
                     *                       "name": "Root"
                     *                     }
                     *                   },
                     *                   {
                     *                     "policy": "TwoRegionsOnly",
                     *                     "policyType": "scp",
                     *                     "owner": {
                     *                       "kind": "organization",
                     *                       "id": "o-lk7parcel42"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "scp",
                     *                       "level": "root",
                     *                       "id": "r-lk42",
                     *                       "name": "Root"
                     *                     }
                     *                   }
                     *                 ],
                     *                 "statements": [
                     *                   {
                     *                     "policyType": "scp",
                     *                     "policy": "FullAWSAccess",
                     *                     "statement": "0",
                     *                     "effect": "Allow",
                     *                     "via": "root Root (r-lk42)",
                     *                     "sid": null,
                     *                     "index": 0,
                     *                     "owner": {
                     *                       "kind": "organization",
                     *                       "id": "o-lk7parcel42"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "scp",
                     *                       "level": "root",
                     *                       "id": "r-lk42",
                     *                       "name": "Root"
                     *                     },
                     *                     "names": null,
                     *                     "isNotPrincipal": false,
                     *                     "condition": null,
                     *                     "residual": null,
                     *                     "writtenCondition": null,
                     *                     "decides": true
                     *                   }
                     *                 ],
                     *                 "unmet": [],
                     *                 "unread": []
                     *               }
                     *             ],
                     *             "absentGates": [
                     *               {
                     *                 "gate": "permissionsBoundary",
                     *                 "reason": "none is set"
                     *               },
                     *               {
                     *                 "gate": "session",
                     *                 "reason": "none was given"
                     *               }
                     *             ]
                     *           },
                     *           {
                     *             "action": "ecr:InitiateLayerUpload",
                     *             "resource": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *             "decision": "allowed",
                     *             "condition": null,
                     *             "isSameAccount": true,
                     *             "gates": [
                     *               {
                     *                 "gate": "identity",
                     *                 "label": "identity policies",
                     *                 "verdict": "allows",
                     *                 "decides": true,
                     *                 "lacksAllow": false,
                     *                 "policies": [
                     *                   {
                     *                     "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *                     "policyType": "identity",
                     *                     "owner": {
                     *                       "kind": "account",
                     *                       "id": "333344445555"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "direct"
                     *                     }
                     *                   }
                     *                 ],
                     *                 "statements": [
                     *                   {
                     *                     "policyType": "identity",
                     *                     "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *                     "statement": "PushByName",
                     *                     "effect": "Allow",
                     *                     "via": "attached",
                     *                     "sid": "PushByName",
                     *                     "index": 1,
                     *                     "owner": {
                     *                       "kind": "account",
                     *                       "id": "333344445555"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "direct"
                     *                     },
                     *                     "names": null,
                     *                     "isNotPrincipal": false,
                     *                     "condition": null,
                     *                     "residual": null,
                     *                     "writtenCondition": "if arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model matches arn:aws:ecr:*:333344445555:repository/${aws:principaltag/team}/*",
                     *                     "decides": true
                     *                   },
                     *                   {
                     *                     "policyType": "identity",
                     *                     "policy": "arn:aws:iam::333344445555:policy/teams/PushOwnTeam",
                     *                     "statement": "PushByTag",
                     *                     "effect": "Allow",
                     *                     "via": "attached",
                     *                     "sid": "PushByTag",
                     *                     "index": 2,
                     *                     "owner": {
                     *                       "kind": "account",
                     *                       "id": "333344445555"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "direct"
                     *                     },
                     *                     "names": null,
                     *                     "isNotPrincipal": false,
                     *                     "condition": null,
                     *                     "residual": null,
                     *                     "writtenCondition": "if aws:ResourceTag/Team is ${aws:principaltag/team} and aws:PrincipalTag/Team is present",
                     *                     "decides": true
                     *                   }
                     *                 ],
                     *                 "unmet": [],
                     *                 "unread": []
                     *               },
                     *               {
                     *                 "gate": "scp",
                     *                 "label": "root Root (r-lk42)",
                     *                 "verdict": "allows",
                     *                 "decides": false,
                     *                 "lacksAllow": false,
                     *                 "policies": [
                     *                   {
                     *                     "policy": "FullAWSAccess",
                     *                     "policyType": "scp",
                     *                     "owner": {
                     *                       "kind": "organization",
                     *                       "id": "o-lk7parcel42"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "scp",
                     *                       "level": "root",
                     *                       "id": "r-lk42",
                     *                       "name": "Root"
                     *                     }
                     *                   },
                     *                   {
                     *                     "policy": "TwoRegionsOnly",
                     *                     "policyType": "scp",
                     *                     "owner": {
                     *                       "kind": "organization",
                     *                       "id": "o-lk7parcel42"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "scp",
                     *                       "level": "root",
                     *                       "id": "r-lk42",
                     *                       "name": "Root"
                     *                     }
                     *                   }
                     *                 ],
                     *                 "statements": [
                     *                   {
                     *                     "policyType": "scp",
                     *                     "policy": "FullAWSAccess",
                     *                     "statement": "0",
                     *                     "effect": "Allow",
                     *                     "via": "root Root (r-lk42)",
                     *                     "sid": null,
                     *                     "index": 0,
                     *                     "owner": {
                     *                       "kind": "organization",
                     *                       "id": "o-lk7parcel42"
                     *                     },
                     *                     "attachment": {
                     *                       "kind": "scp",
                     *                       "level": "root",
                     *                       "id": "r-lk42",
                     *                       "name": "Root"
                     *                     },
                     *                     "names": null,
                     *                     "isNotPrincipal": false,
                     *                     "condition": null,
                     *                     "residual": null,
                     *                     "writtenCondition": null,
                     *                     "decides": true
                     *                   }
                     *                 ],
                     *                 "unmet": [],
                     *                 "unread": []
                     *               }
                     *             ],
                     *             "absentGates": [
                     *               {
                     *                 "gate": "permissionsBoundary",
                     *                 "reason": "none is set"
                     *               },
                     *               {
                     *                 "gate": "session",
                     *                 "reason": "none was given"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "assumptions": [
                     *           "the session was assumed without a session policy and without session tags",
                     *           "the session has a name that no policy names"
                     *         ]
                     *       },
                     *       "text": [
                     *         "ALLOWED: role/teams/routing-publisher may push to payments/fraud-model",
                     *         "  principal   arn:aws:iam::333344445555:role/teams/routing-publisher"
                     *       ]
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly explanation: components["schemas"]["Explanation"];
                        /** @description The explanation for a person, line by line. */
                        readonly text: readonly string[];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly rehearse: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "changes": [
                 *         {
                 *           "change": "deleteRepositoryPolicy",
                 *           "repository": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model"
                 *         }
                 *       ],
                 *       "scan": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                 *       "days": 30
                 *     }
                 */
                readonly "application/json": components["schemas"]["RehearsalRequest"];
            };
        };
        readonly responses: {
            /** @description What the changes would do. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": {
                     *         "scan": {
                     *           "id": "0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11",
                     *           "takenAt": "2026-11-16T06:00:00.000Z"
                     *         },
                     *         "target": {
                     *           "key": "organization:o-lk7parcel42",
                     *           "name": "o-lk7parcel42"
                     *         },
                     *         "coverage": {
                     *           "isComplete": false,
                     *           "gaps": 3
                     *         }
                     *       },
                     *       "rehearsal": {
                     *         "changes": [
                     *           {
                     *             "change": "deleteRepositoryPolicy",
                     *             "repository": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model"
                     *           }
                     *         ],
                     *         "compared": {
                     *           "principals": 112,
                     *           "repositories": 1
                     *         },
                     *         "gaps": 3,
                     *         "repositories": [
                     *           "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model"
                     *         ],
                     *         "repositorySets": [
                     *           [
                     *             0
                     *           ]
                     *         ],
                     *         "groups": [
                     *           {
                     *             "principals": [
                     *               {
                     *                 "id": "AROAW7JPESLM2LAWM3OBP",
                     *                 "arn": "arn:aws:iam::444455556666:role/teams/payments/fraud-scorer",
                     *                 "kind": "role",
                     *                 "accountId": "444455556666",
                     *                 "name": "fraud-scorer"
                     *               }
                     *             ],
                     *             "changes": [
                     *               {
                     *                 "kind": "lost",
                     *                 "isCertain": true,
                     *                 "capabilities": [
                     *                   "pull"
                     *                 ],
                     *                 "actions": [
                     *                   "ecr:BatchGetImage",
                     *                   "ecr:GetDownloadUrlForLayer"
                     *                 ],
                     *                 "before": {
                     *                   "decision": "conditional",
                     *                   "residual": {
                     *                     "operator": "StringEquals",
                     *                     "key": "aws:SourceVpce",
                     *                     "values": [
                     *                       "vpce-0c1d2e3f4a5b6c7d8"
                     *                     ]
                     *                   },
                     *                   "condition": "if aws:SourceVpce is vpce-0c1d2e3f4a5b6c7d8"
                     *                 },
                     *                 "after": {
                     *                   "decision": "denied",
                     *                   "residual": null,
                     *                   "condition": null
                     *                 },
                     *                 "repositories": 0,
                     *                 "registries": []
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "use": {
                     *           "kind": "known",
                     *           "since": "2026-10-17T06:00:00.000Z",
                     *           "atStake": [
                     *             {
                     *               "principal": {
                     *                 "id": "AROAW7JPESLM2LAWM3OBP",
                     *                 "arn": "arn:aws:iam::444455556666:role/teams/payments/fraud-scorer",
                     *                 "kind": "role",
                     *                 "accountId": "444455556666",
                     *                 "name": "fraud-scorer"
                     *               },
                     *               "repository": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *               "accountId": "333344445555",
                     *               "region": "eu-west-1",
                     *               "action": "ecr:BatchGetImage",
                     *               "lastUsedAt": "2026-11-13T13:36:00.000Z",
                     *               "kind": "lost",
                     *               "isCertain": true,
                     *               "loses": [
                     *                 "ecr:BatchGetImage",
                     *                 "pull"
                     *               ]
                     *             },
                     *             {
                     *               "principal": {
                     *                 "id": "AROAW7JPESLM2LAWM3OBP",
                     *                 "arn": "arn:aws:iam::444455556666:role/teams/payments/fraud-scorer",
                     *                 "kind": "role",
                     *                 "accountId": "444455556666",
                     *                 "name": "fraud-scorer"
                     *               },
                     *               "repository": "arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model",
                     *               "accountId": "333344445555",
                     *               "region": "eu-west-1",
                     *               "action": "ecr:GetDownloadUrlForLayer",
                     *               "lastUsedAt": "2026-11-13T13:36:00.000Z",
                     *               "kind": "lost",
                     *               "isCertain": true,
                     *               "loses": [
                     *                 "ecr:GetDownloadUrlForLayer",
                     *                 "pull"
                     *               ]
                     *             }
                     *           ],
                     *           "unobserved": []
                     *         }
                     *       }
                     *     }
                     */
                    readonly "application/json": {
                        readonly asOf: components["schemas"]["AsOf"];
                        readonly rehearsal: components["schemas"]["Rehearsal"];
                    };
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listAuditLog: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How many entries an answer has at most: 100 in JSON, all of them in other formats where nothing is said.
                 * @example 1
                 */
                readonly limit?: number;
                /** @description `nextCursor` of the answer before. Its pages all describe the scan of the first one. */
                readonly cursor?: string;
                /**
                 * @description In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.
                 * @example json
                 */
                readonly format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only these of each entry, with commas between: id, at, actor, actor.kind, actor.id, actor.name, operation, isChange, method, path, parameters, status, requestId, times.
                 * @example id,at
                 */
                readonly fields?: string;
                /**
                 * @description Id or name of who did it.
                 * @example dashboard
                 */
                readonly actor?: string;
                /** @example addException */
                readonly operation?: string;
                /** @example change */
                readonly kind?: "change" | "read";
                /** @example 9a1b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d */
                readonly requestId?: string;
                /**
                 * @description Only from then on. An ISO time, or days before now.
                 * @example 90d
                 */
                readonly since?: string;
                /**
                 * @description Only before then. An ISO time, or days before now.
                 * @example 2026-11-20T00:00:00Z
                 */
                readonly until?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Entries. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "at": "2026-11-17T09:00:00.000Z",
                     *           "operation": "addException",
                     *           "isChange": true,
                     *           "method": "POST",
                     *           "path": "/v1/exceptions",
                     *           "parameters": {},
                     *           "status": 200,
                     *           "requestId": "9a1b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d",
                     *           "times": 1,
                     *           "actor": {
                     *             "kind": "token",
                     *             "id": "9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807",
                     *             "name": "dashboard"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["LoggedAction"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        readonly nextCursor: string | null;
                    };
                    /**
                     * @example id,at,actor.kind,actor.id,actor.name,operation,isChange,method,path,parameters,status,requestId,times
                     *     1,2026-11-17T09:00:00.000Z,token,9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807,dashboard,addException,true,POST,/v1/exceptions,{},200,9a1b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d,1
                     */
                    readonly "text/csv": string;
                    /** @example {"id":1,"at":"2026-11-17T09:00:00.000Z","operation":"addException","isChange":true,"method":"POST","path":"/v1/exceptions","parameters":{},"status":200,"requestId":"9a1b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d","times":1,"actor":{"kind":"token","id":"9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807","name":"dashboard"}} */
                    readonly "application/x-ndjson": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:ecr-audit:problem:invalidRequest",
                     *       "title": "a parameter, a cursor or the body is not what was expected",
                     *       "status": 400,
                     *       "detail": "`limit` of the query cannot be used: expected a whole number from 1 to 1000",
                     *       "instance": "/v1/repositories",
                     *       "code": "invalidRequest",
                     *       "requestId": "6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e",
                     *       "errors": [
                     *         {
                     *           "in": "query",
                     *           "field": "limit",
                     *           "message": "expected a whole number from 1 to 1000"
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
