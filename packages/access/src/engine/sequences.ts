/**
 * One place in a tree of sequences of numbers: equal sequences end at the same node.
 *
 * Instead of a map by a text with all the numbers in it: building and hashing such texts took a quarter of the time. Most
 * sequences go on in one way, and a map for each of those was a third of the memory.
 */
export interface SequenceNode<Value> {
  /** What belongs to the sequence that ends here; null until it is set. */
  value: Value | null;
  /** The number with which the first sequence went on, and where it led; null where none goes on. */
  firstNumber: number;
  first: SequenceNode<Value> | null;
  /** By the next number, those that went on otherwise. */
  others: Map<number, SequenceNode<Value>> | null;
}

export function createSequences<Value>(): SequenceNode<Value> {
  return { value: null, firstNumber: -1, first: null, others: null };
}

/** The node of a sequence that is longer by one number. */
export function step<Value>(node: SequenceNode<Value>, number: number): SequenceNode<Value> {
  if (node.first === null) {
    const made = createSequences<Value>();
    node.firstNumber = number;
    node.first = made;
    return made;
  }
  if (node.firstNumber === number) {
    return node.first;
  }
  node.others ??= new Map();
  const known = node.others.get(number);
  if (known !== undefined) {
    return known;
  }
  const made = createSequences<Value>();
  node.others.set(number, made);
  return made;
}

export function walk<Value>(node: SequenceNode<Value>, numbers: Iterable<number>): SequenceNode<Value> {
  let at = node;
  for (const number of numbers) {
    at = step(at, number);
  }
  return at;
}
