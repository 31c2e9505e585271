import { describe, expect, it } from 'vitest';
import { judge } from '../support/count.ts';
import { MEMBER, PARTY, SESSION } from '../support/first-games.ts';

const session = { modelId: { S: 'session-sudoku-7f' }, owner: { S: 'user-ada' }, updatedAt: { N: '1732233600' } };
const party = { modelId: { S: 'party-sudoku-19' }, owner: { S: 'user-ada' }, createdAt: { N: '1732233600' } };
const member = { modelId: { S: 'member-user-ada' }, owner: { S: 'party-sudoku-19' }, createdAt: { N: '1732233600' } };
const day = 20_049;

describe('activities', () => {
  it.each([
    ['a session', session, { activity: SESSION, app: 'sudoku', userId: 'ada', day }],
    ['a party', party, { activity: PARTY, app: 'sudoku', userId: 'ada', day }],
    ['a member', member, { activity: MEMBER, app: 'sudoku', userId: 'ada', day }],
    ['an id with hyphens', { ...session, modelId: { S: 'session-sudoku-a-b-' } }, { app: 'sudoku' }],
    ['an id that is a hyphen', { ...session, modelId: { S: 'session-sudoku--' } }, { app: 'sudoku' }],
    ['an app named __proto__', { ...session, modelId: { S: 'session-__proto__-1' } }, { app: '__proto__' }],
    ['an app named constructor', { ...member, owner: { S: 'party-constructor-1' } }, { app: 'constructor' }],
    ['an app with a # inside', { ...party, modelId: { S: 'party-c#-1' } }, { app: 'c#' }],
    ['a user id that holds user-', { ...session, owner: { S: 'user-user-1' } }, { userId: 'user-1' }],
    ['a user id with hyphens', { ...member, modelId: { S: 'member-user-a-b' } }, { userId: 'a-b' }],
    ['a user id of a newline', { ...session, owner: { S: 'user-\n' } }, { userId: '\n' }],
    ['an app with a newline', { ...session, modelId: { S: 'session-a\nb-1' } }, { app: 'a\nb' }],
    ['a time as text', { ...session, updatedAt: { S: '2024-11-21T23:00:00-01:00' } }, { day }],
    ['a time in milliseconds', { ...session, updatedAt: { N: '1732233600000' } }, { day }],
    ['a broken time that does not count', { ...session, createdAt: { N: 'x' } }, { day }],
  ])('%s', (_name, image, activity) => {
    expect(judge(image)).toMatchObject({ kind: 'activities', activities: [activity] });
  });
});

describe('items of other kinds are ignored, whatever else they hold', () => {
  it.each([
    'config-sudoku',
    'Session-sudoku-1',
    'member-party-1',
    'member-',
    'session',
    'user-1',
    '',
  ])('%s', (modelId) => {
    expect(judge({ modelId: { S: modelId }, owner: { BOOL: true }, createdAt: 7 })).toEqual({ kind: 'ignored' });
  });
});

describe('malformed records', () => {
  it.each([
    ['modelId.missing', { ...session, modelId: undefined }],
    ['modelId.type', { ...session, modelId: { N: '7' } }],
    ['modelId.type', { ...session, modelId: 'session-sudoku-7f' }],
    ['modelId.type', { ...session, modelId: null }],
    ['modelId.type', { ...session, modelId: { S: 7 } }],
    ['modelId.type', { ...session, modelId: { S: 'session-sudoku-7f', N: '1' } }],
    ['modelId.type', { ...session, modelId: ['session-sudoku-7f'] }],
    ['modelId.format', { ...session, modelId: { S: 'session-sudoku' } }],
    ['modelId.format', { ...session, modelId: { S: 'session-sudoku-' } }],
    ['modelId.format', { ...session, modelId: { S: 'session--1' } }],
    ['modelId.format', { ...session, modelId: { S: 'session-' } }],
    ['modelId.format', { ...member, modelId: { S: 'member-user-' } }],
    ['owner.missing', { ...session, owner: undefined }],
    ['owner.type', { ...session, owner: { NULL: true } }],
    ['owner.format', { ...session, owner: { S: 'user-' } }],
    ['owner.format', { ...session, owner: { S: 'ada' } }],
    ['owner.format', { ...member, owner: { S: 'user-ada' } }],
    ['owner.format', { ...member, owner: { S: 'party-sudoku' } }],
    ['owner.format', { ...member, owner: { S: 'party--1' } }],
    ['updatedAt.missing', { ...session, updatedAt: undefined, createdAt: { N: '1' } }],
    ['createdAt.missing', { ...party, createdAt: undefined, updatedAt: { N: '1' } }],
    ['createdAt.type', { ...party, createdAt: { B: 'MTc=' } }],
    ['createdAt.type', { ...party, createdAt: { N: 1732233600 } }],
    ['createdAt.type', { ...party, createdAt: { N: '1732233600', S: '2024-11-22T00:00:00Z' } }],
    ['createdAt.format', { ...member, createdAt: { N: 'yesterday' } }],
    ['createdAt.format', { ...member, createdAt: { S: '1732233600' } }],
    ['updatedAt.format', { ...session, updatedAt: { N: '-1' } }],
    ['app.reserved', { ...session, modelId: { S: 'session-#run-1' } }],
    ['app.reserved', { ...member, owner: { S: 'party-#-1' } }],
  ])('%s: %j', (reason, image) => {
    expect(judge(image)).toEqual({ kind: 'malformed', reason });
  });
});
