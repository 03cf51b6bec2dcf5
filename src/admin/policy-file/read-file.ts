// Reads a policy file: TOML of the documented form in, plain data or every problem with its place out.
import { parse, TomlError } from 'smol-toml';
import { AppError } from '../../errors.ts';
import { someLines } from '../some-of.ts';
import { policyForm, type PolicyFile } from './form.ts';

/** Bytes of a policy file, at most. */
const LENGTH_MAX = 64 * 1024 * 1024;
/** Problems that one error names. */
const PROBLEMS_MAX = 20;

/** Throws one `AppError('invalid')` that names every problem with its place; `file` stands in the sentence. */
export function readPolicyFile(content: string, file: string): PolicyFile {
  if (content.length > LENGTH_MAX) {
    throw new AppError(
      'invalid',
      `${file} is too large for a policy: ${LENGTH_MAX} characters are the limit.`,
    );
  }
  const result = policyForm.safeParse(parseToml(content, file));
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const place = issue.path.map(String).join('.') || 'the file';
    if (issue.code !== 'unrecognized_keys') return `${place}: ${issue.message}`;
    return `${place}: unknown ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  });
  throw new AppError(
    'invalid',
    `${file} is no policy of the form that this version reads. Nothing was changed.`,
    {
      details: someLines(problems, PROBLEMS_MAX),
    },
  );
}

function parseToml(content: string, file: string): unknown {
  try {
    return parse(content);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [sentence = ''] = error.message.split('\n');
    throw new AppError('invalid', `${file}, line ${error.line}: ${sentence}. Nothing was changed.`, {
      cause: error,
    });
  }
}
