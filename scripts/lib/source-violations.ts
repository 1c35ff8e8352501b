import ts from 'typescript';

/** Longer files hold more than one thing. */
export const MAX_FILE_LINES = 300;

/** Something that the house rules forbid, at a line of a file. */
export interface SourceViolation {
  readonly rule: 'long-file' | 'undocumented' | 'any' | 'non-null' | 'cast' | 'foreign-throw';
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * Reads one file and lists what the house rules forbid in it.
 *
 * @param path From the repository's folder, with slashes; `functions/` and `wasm/` may throw EntailError alone.
 * @param source The file's text.
 */
export function findSourceViolations(path: string, source: string): SourceViolation[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: SourceViolation[] = [];
  const add = (rule: SourceViolation['rule'], node: ts.Node) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ rule, line, text: node.getText().split('\n', 1).join().slice(0, 80) });
  };
  const lines = source.trimEnd().split('\n').length;
  if (lines > MAX_FILE_LINES) {
    found.push({
      rule: 'long-file',
      line: lines,
      text: `${lines} lines, at most ${MAX_FILE_LINES}`,
    });
  }
  const isTest = path.startsWith('test/');
  const isWorker = path.startsWith('functions/') || path.startsWith('wasm/');
  for (const statement of file.statements) {
    if (!isTest && isExported(statement) && !isDocumented(statement))
      add('undocumented', statement);
  }
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) add('any', node);
    if (ts.isNonNullExpression(node)) add('non-null', node);
    if (isCast(node)) add('cast', node);
    if (isWorker && ts.isThrowStatement(node) && isForeign(node.expression)) {
      add('foreign-throw', node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isExported(statement: ts.Statement): boolean {
  // `export { a } from` passes on what is documented where it was made.
  if (ts.isExportAssignment(statement)) return true;
  if (!ts.canHaveModifiers(statement)) return false;
  const modifiers = ts.getModifiers(statement) ?? [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function isDocumented(statement: ts.Statement): boolean {
  return ts.getJSDocCommentsAndTags(statement).some((part) => {
    const text = ts.isJSDoc(part) ? ts.getTextOfJSDocComment(part.comment) : undefined;
    return text !== undefined && text.trim() !== '';
  });
}

function isCast(node: ts.Node): boolean {
  if (ts.isTypeAssertionExpression(node)) return true;
  return ts.isAsExpression(node) && !ts.isConstTypeReference(node.type);
}

function isForeign(thrown: ts.Expression): boolean {
  return ts.isNewExpression(thrown) && thrown.expression.getText() !== 'EntailError';
}
