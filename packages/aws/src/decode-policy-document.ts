/**
 * Decodes a policy document as IAM answers it (URL-encoded, RFC 3986) to the object that the AWS CLI prints.
 *
 * A document that is not a JSON object stays the decoded text, so that the evaluator can name what is wrong with
 * it; one that is not URL-encoded stays as it is.
 */
export function decodePolicyDocument(encoded: string): unknown {
  const text = decoded(encoded);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
