// Words that confirm, leave or wait: known, never guessed.
import { describe, expect, test } from 'vitest';
import * as words from '../../src/chat/short-words.ts';

describe('short words', () => {
  test.each(['取消', '取消吧', '算了', '不要了。', 'cancel', '退出'])('%s leaves', (said) =>
    expect(words.isCancel(said)).toBe(true),
  );
  test.each(['取消整改通知', '第二条不要了', '算了一下有三个', '不用取消'])('%s does not leave', (said) =>
    expect(words.isCancel(said)).toBe(false),
  );
  test.each(['确认', '好的', '对', '没问题', '没错', 'ok'])('%s may be a yes', (said) =>
    expect(words.isPlainYes(said)).toBe(true),
  );
  test.each([
    '不确认',
    '先不确认',
    '等会儿确认',
    '确认但是日期是昨天',
    '确认吗',
    '别发',
    '知道了',
    '收到',
    '确认,第二条改成三天,第三条不要了',
  ])('%s is no yes', (said) => expect(words.isPlainYes(said)).toBe(false));

  test.each(['继续', '接着昨天的', '昨天那个东关的接着弄', '上次没填完的继续填'])('%s goes on', (said) =>
    expect(words.isGoOn(said)).toBe(true),
  );
  test.each(['继续整改', '不到位继续整改', '门口有积水接着弄', '昨天的接着整改'])('%s does not', (said) =>
    expect(words.isGoOn(said)).toBe(false),
  );
  test.each([
    '先放着',
    '等会儿,校长来了',
    '稍等 有人找我',
    '哎 电话来了等会说',
    '我先接个电话',
    '有人找我 等会',
    '到站了 回头再弄',
  ])('%s waits', (said) => expect(words.isLater(said)).toBe(true));
  test.each([
    '门口有电话亭',
    '电话打不通',
    '值班室没有电话',
    '消防公司说要等会',
    '等会儿,消防通道还堵着',
    '有人没来',
    '打电话问的',
  ])('%s tells of something', (said) => expect(words.isLater(said)).toBe(false));

  test.each([
    ...[
      '就这些',
      '也就这些了',
      '行,就这些',
      '对,就这些',
      '没别的了',
      '没有其他的了',
      '别的没有了',
      '没有要补的了',
    ],
    ...['没了', '说完了', '就这两条', '就这些,没别的了', '嗯嗯 暂时就这些', '差不多就这样', "that's all"],
  ])('%s ends the telling, and is no yes', (said) => expect(words.saysNoMore(said)).toBe(true));
  test.each([
    ...[
      '就这样',
      '就这样吧',
      '就这么报',
      '行,就这么办',
      '没错,就这些,交吧',
      '就这些,确认',
      '没问题',
      '没错',
      '好了',
    ],
    ...['没有灭火器', '别的班没有课表', '就这些桌子坏了', '没有留样', '不补课', '完小没有围墙', '没人'],
  ])('%s does not end the telling', (said) => expect(words.saysNoMore(said)).toBe(false));

  test.each([
    ['没有', 'clean'],
    ['没', 'clean'],
    ['没问题', 'clean'],
    ['都没问题', 'clean'],
    ['没发现什么问题', 'clean'],
    ['一切正常', 'clean'],
    ['没啥大问题', 'large'],
    ['没什么大毛病', 'large'],
    ['基本没问题', 'large'],
    ['没有灭火器', null],
    ['食堂没有留样', null],
    ['没有问题的是食堂', null],
    ['门卫没登记', null],
  ])('%s: %s', (said, none) => expect(words.saysNone(said)).toBe(none));
});
