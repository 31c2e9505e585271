import { describe, expect, it } from 'vitest';
import { csvText } from '../../src/report/csv.ts';

const neutral = (cell: string): string => csvText([[cell]], { raw: false }).slice(0, -1);
const raw = (cell: string): string => csvText([[cell]], { raw: true });

describe('a cell', () => {
  it.each([
    ['=cmd|"/c calc"!A1', `"'=cmd|""/c calc""!A1"`],
    ['+1', "'+1"],
    ['-1+2', "'-1+2"],
    ['@x', "'@x"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['\t=1', String.raw`'\u0009=1`],
    ['\r', String.raw`'\u000d`],
    ['a\u0000b', String.raw`a\u0000b`],
    ['a\nb', String.raw`a\u000ab`],
    ['\u001b[31m', String.raw`\u001b[31m`],
  ])('%j is nothing that a spreadsheet would run', (cell, expected) => {
    expect(neutral(cell)).toBe(expected);
  });

  it.each([
    '-0.5',
    '12',
    '-3',
    '0.000000000001',
    'chess',
    '2024-11-22',
    'a=b',
    'a-b',
    '',
    '日本',
    'x+y',
  ])('%j stays as it is', (cell) => expect(neutral(cell)).toBe(cell));

  it('stays as it is for programs, quoted where RFC 4180 says so', () => {
    expect(raw('=1')).toBe('=1\n');
    expect(raw('a,"b"\r')).toBe('"a,""b""\r"\n');
  });
});
