// Bodies of exchanges are laid out for reading, and never lose a character that matters.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pretty, prettyXml } from '../../src/pages/simulator/exchanges/pretty.ts';

describe('pretty', () => {
  it('indents XML, and keeps an element with text on one line', () => {
    const xml =
      '<xml><ToUserName><![CDATA[ww1]]></ToUserName><SendLocationInfo><Label>东关</Label></SendLocationInfo></xml>';
    expect(pretty(xml)).toBe(
      [
        '<xml>',
        '  <ToUserName><![CDATA[ww1]]></ToUserName>',
        '  <SendLocationInfo>',
        '    <Label>东关</Label>',
        '  </SendLocationInfo>',
        '</xml>',
      ].join('\n'),
    );
  });

  it('takes nothing inside CDATA for a tag', () => {
    const line = '<Content><![CDATA[<b>a</b> ]] > c]]></Content>';
    expect(prettyXml(`<xml>${line}</xml>`)).toBe(`<xml>\n  ${line}\n</xml>`);
  });

  it('indents JSON, and leaves alone what is neither', () => {
    expect(pretty('{"errcode":0}')).toBe('{\n  "errcode": 0\n}');
    expect(pretty('{"errcode":')).toBe('{"errcode":');
    expect(pretty('success')).toBe('success');
  });

  it('lays out what follows the request line', () => {
    expect(pretty('POST http://bot/callback?nonce=1\n\n<xml><A>1</A></xml>')).toBe(
      'POST http://bot/callback?nonce=1\n\n<xml>\n  <A>1</A>\n</xml>',
    );
  });

  it('loses no letter of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bare = (of: string) => of.replace(/\s/g, '');
        expect(bare(prettyXml(`<x>${text.replaceAll('<', '')}</x>`))).toBe(
          bare(`<x>${text.replaceAll('<', '')}</x>`),
        );
      }),
    );
  });
});
