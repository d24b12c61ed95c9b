import { pointerTo, schemaCheck } from './answer-check.ts';
import type { GivenAnswer } from './ask-example.ts';
import type { ContractDocument, PlacedOperation } from './contract-document.ts';

/** What is not as the document says about an answer: its status, its type, its body. */
export type AnswerProblems = (
  placed: PlacedOperation,
  answer: Pick<GivenAnswer, 'status' | 'type' | 'text'> & { readonly isPartial?: boolean },
) => readonly string[];

export function answerProblems(document: ContractDocument): AnswerProblems {
  const whole = schemaCheck(document);
  const partial = schemaCheck(document, { isPartial: true });
  return ({ method, path, operation }, { status, type: contentType, text, isPartial = false }) => {
    const [type = ''] = contentType.split(';');
    if (operation.responses[status]?.content[type] === undefined) {
      return [`${status} in \`${contentType}\` is not described`];
    }
    const check = isPartial ? partial : whole;
    const content = ['paths', path, method, 'responses', status, 'content'];
    switch (type) {
      case 'application/json':
      case 'application/problem+json':
        return check(pointerTo(...content, type, 'schema'), JSON.parse(text));
      case 'application/x-ndjson': {
        const item = pointerTo(...content, 'application/json', 'schema', 'properties', 'items', 'items');
        const lines = text.split('\n').filter((line) => line !== '');
        return lines.flatMap((line) => check(item, JSON.parse(line)));
      }
      default:
        return text === '' ? ['it is empty'] : [];
    }
  };
}
