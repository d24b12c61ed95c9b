import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';

export const repositoryRoot = path.join(import.meta.dirname, '../..');
export const dockerfileText = readFileSync(path.join(repositoryRoot, 'infra/docker/Dockerfile'), 'utf8');

export const serviceNames = ['collector', 'evaluator', 'notifier', 'api', 'cli'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface Step {
  readonly keyword: string;
  readonly words: readonly string[];
  /** What stands behind the keyword, flags left out. */
  readonly text: string;
  /** True where it copies from another stage. */
  readonly isFromStage: boolean;
}

export interface Stage {
  readonly name: string;
  /** The image, or the stage that it goes on from. */
  readonly from: string;
  readonly instructions: readonly Step[];
}

/** The stages of the Dockerfile, in order. */
export function stagesOf(text: string): readonly Stage[] {
  const stages: { readonly name: string; readonly from: string; readonly instructions: Step[] }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const words = instruction.getArguments().map((argument) => argument.getValue());
    if (instruction.getKeyword() === 'FROM') {
      stages.push({ from: words[0] ?? '', name: words[2] ?? '', instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(stepOf(instruction, words));
    }
  }
  return stages;
}

/** All instructions of a target, those of the stages below it first. */
export function instructionsOf(target: string): readonly Step[] {
  const stage = stagesOf(dockerfileText).find(({ name }) => name === target);
  return stage === undefined ? [] : [...instructionsOf(stage.from), ...stage.instructions];
}

/** What a stage copies from the repository, as sources and destinations; what comes from another stage is left out. */
export function copiesOf(instructions: readonly Step[]): readonly { readonly source: string; readonly to: string }[] {
  return instructions
    .filter(({ keyword, isFromStage }) => keyword === 'COPY' && !isFromStage)
    .flatMap(({ words }) => words.slice(0, -1).map((source) => ({ source, to: words.at(-1) ?? '' })));
}

/** The words of an instruction in exec form. Throws where it is written as a shell line. */
export function execForm(text: string): readonly string[] {
  const words: unknown = JSON.parse(text);
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) {
    throw new Error(`expected exec form, found ${text}`);
  }
  return words;
}

function stepOf(instruction: Instruction, words: readonly string[]): Step {
  return {
    keyword: instruction.getKeyword(),
    words,
    text: instruction.getRawArgumentsContent() ?? '',
    isFromStage: instruction instanceof Copy && instruction.getFromFlag() !== null,
  };
}
