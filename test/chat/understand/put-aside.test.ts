// Of several schools named the one that is meant: those put aside, called at on an errand or only told from are not recorded.
import { describe, expect, test } from 'vitest';
import { says } from './reads.ts';

const schoolsOf = (who: string, text: string) => {
  const got = says(who, text);
  return [
    ...new Set((got.intents ?? [got]).flatMap(({ slots }) => slots.schools ?? slots.school ?? [])),
  ].sort();
};

describe('one of several schools', () => {
  test.each([
    // the caller's own school is not the child's
    ['insp-li', '东关小学的门卫老刘打来电话,说他孙女在东关园,午睡被子潮得很', '东关幼儿园'],
    ['insp-wang', '一中有位家长电话里讲,她家小的上阳光园,一个月涨了三百', '阳光双语幼儿园'],
    // an errand, nothing looked at
    ['insp-wang', '昨天下午在一中查了食堂,顺道到特校拿了个章,特校那头没督', '第一中学'],
    ['insp-li', '东关小学我上午看过了,东关园就是进去还了个凳子,没查', '东关小学'],
    // planned, and not gone to
    ['insp-zhao', '今天没能去石佛小学,换成了清河实验,宿舍转了一圈', '清河镇实验学校'],
    ['insp-wang', '昨天排的是特校,校长不在,改到一中去了,操场有个坑', '第一中学'],
    ['insp-li', '石佛镇那两家,小学我没空进,园里去了,晨检本记得挺全,没问题', '石佛镇中心幼儿园'],
    // both are mine, only one was gone to
    ['insp-li', '二中跟育才两家我都管,昨天就跑了育才,没问题', '育才高级中学'],
    ['insp-zhao', '石佛小学和中心园都归我管,今天只来得及看小学,楼梯扶手松', '石佛镇中心小学'],
    // company, and those who lend somebody
    ['insp-zhou', '昨天去大河小学,和大河中学的李副校长一道听了两节语文', '大河乡中心小学'],
    ['insp-wang', '坐一中校长的车去特校,无障碍厕所锁着', '特殊教育学校'],
    ['insp-li', '陪赵红梅去的石佛小学,我就是搭个伴,我自己昨天查的是育才,宿管记录缺三天', '育才高级中学'],
    ['insp-wang', '二实小请了特校老师来教手语,值得推广,给二实小记个亮点', '第二实验小学'],
    // the one is well, the other is not
    ['insp-wang', '一中的消防栓查了,比去年好;倒是对门一实小,放学口电动车堵成一锅粥', '第一实验小学'],
    ['insp-zhang', '柳桥中学没问题,是小学教案有四本缺课后反思', '柳桥镇中心小学'],
    ['insp-zhang', '中心小学门口那盏路灯不亮,我说的是柳桥的,别给我记到石佛去', '柳桥镇中心小学'],
    // put by, or granted to the other
    ['office-sun', '柳桥中学和石佛小学的台账先不管,只把清河实验没销号的列出来', '清河镇实验学校'],
    ['office-sun', '大河小学那个先不批,大河中学的同意,延到30号', '大河乡中学'],
    // its people came to the other, or it only lent its ground
    ['insp-wang', '今天上午去一中听课,二实小的几位老师也来旁听了', '第一中学'],
    ['insp-zhao', '石佛小学昨天搞教研,清河实验派了四个老师过来,我跟着听了两节', '石佛镇中心小学'],
    ['insp-wang', '特校借一中的操场训练,我昨天在一中发现单杠松了', '第一中学'],
    // compared, or heard of, and looked at here
    ['insp-wang', '二实小的食堂比一实小干净,一实小今天我进去看了,地上全是油污', '第一实验小学'],
    ['insp-wang', '王芳说一中的图书馆好,咱特校就差了,书都发霉了', '特殊教育学校'],
    // whose it is to be
    ['insp-zhang', '柳桥小学柳桥中学挨着,中间那堵墙裂了,算小学的', '柳桥镇中心小学'],
    ['insp-li', '东关小学的家长反映东关园门口停车乱,记一条给东关园', '东关幼儿园'],
    // where a thing was taken over from
    ['insp-li', '今天育才查了宿舍,那套查寝办法听说是从二中搬来的,挺好', '育才高级中学'],
    ['insp-wang', '特校的桌子是一中淘汰下来的,腿都晃', '特殊教育学校'],
    ['insp-wang', '今天去了二实小,他们用的是一实小那套台账,消防没记', '第二实验小学'],
    // not yet, some day, done already, kept back
    ['insp-zhao', '石佛小学消防栓没水压,中心园我还没去', '石佛镇中心小学'],
    ['insp-li', '今天陪李秀英去了趟东关园,东关小学我回头再去', '东关幼儿园'],
    ['office-sun', '催催柳桥小学的整改,柳桥中学的我昨天打电话催了', '柳桥镇中心小学'],
    ['office-sun', '给大河中学下综合督导通知,大河小学那份先缓着', '大河乡中学'],
    ['insp-wang', '二实小走廊堆着杂物,一实小倒没有这种情况', '第二实验小学'],
    ['insp-li', '东关小学那边今天开会我没进,就看了东关园,晨检本没填', '东关幼儿园'],
    ['insp-li', '二中那份先别动,育才那份我看完了,给通过', '育才高级中学'],
    // given up for another
    ['insp-zhao', '不去石佛小学了,改到中心园,后天上午', '石佛镇中心幼儿园'],
    ['insp-zhou', '大河中学不跑了,改成小学,明天上午去', '大河乡中心小学'],
  ])('%s: %s', (who, text, school) => {
    expect(schoolsOf(who, text)).toEqual([school]);
  });

  test.each([
    ['insp-wang', '一实小灭火器过期,二实小的也过期了,各开一张单子', ['第一实验小学', '第二实验小学']],
    ['insp-wang', '本来只去一中,后来特校也去了,两家都没问题', ['特殊教育学校', '第一中学']],
    ['insp-wang', '一中今天转了没啥事,我今天在特校看见扶手松了', ['第一中学', '特殊教育学校']],
    ['insp-zhang', '柳桥小学和中学都归我,昨天两所都跑了,没发现问题', ['柳桥镇中学', '柳桥镇中心小学']],
  ])('%s: all that were gone to stay, %s', (who, text, schools) => {
    expect(schoolsOf(who, text)).toEqual([...schools].sort());
  });
});

describe('stages named after their place', () => {
  test.each([
    ['insp-zhou', '下周三去大河,先中学后小学', ['大河乡中学', '大河乡中心小学']],
    ['insp-zhang', '昨天在柳桥,中学小学都去了,灭火器都过期', ['柳桥镇中学', '柳桥镇中心小学']],
    ['insp-zhao', '石佛昨天去的,两所都转了,没啥事', ['石佛镇中心小学', '石佛镇中心幼儿园']],
    ['insp-zhao', '石佛我下周去,先看幼儿园', ['石佛镇中心幼儿园']],
    ['insp-li', '东关那两所,小学没毛病,另一所门禁坏了', ['东关幼儿园']],
    ['insp-zhou', '大河初中的宿舍漏雨', ['大河乡中学']],
    ['insp-zhang', '柳桥中学的校长反映小学放学堵了他们的路', ['柳桥镇中心小学']],
    ['insp-wang', '一实小和一中昨天连着走的,小学作业公示牌空着,中学收了资料费', ['第一中学', '第一实验小学']],
  ])('%s: %s', (who, text, schools) => {
    expect(schoolsOf(who, text)).toEqual([...schools].sort());
  });
});
