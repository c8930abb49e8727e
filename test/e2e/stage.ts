// The page on a stage: a real simulator with a small district and a bot that plays its part from a script.
import { fileURLToPath } from 'node:url';
import type { CorpInput, PersonInput } from '../../src/simulator/api.ts';
import { textOf } from '../../src/wecom/xml.ts';
import { AGENT, CORP_ID, SECRET, startWorld, textReply, type World } from '../simulator/bot.ts';

export const PAGE_DIR = fileURLToPath(new URL('../../dist/pages/simulator', import.meta.url));
export const SENTENCE = '今天上午去了东关小学,灭火器过期两个,食堂留样没贴标签,限一周整改';

const SCHOOLS = ['东关街道中心小学', '安澜区实验小学', '望湖初级中学', '东关街道中心幼儿园'];
const FIRST_SCHOOL = 20;

const many = (count: number, make: (n: number) => PersonInput) =>
  Array.from({ length: count }, (_, n) => make(n));
const two = (n: number) => String(n + 1).padStart(2, '0');

/** Enough people that the list has to fold, in the roles of a district. */
export const district: CorpInput = {
  corpId: CORP_ID,
  name: '安澜区教育督导室',
  contactsSecret: 'the-secret-of-the-helper',
  apps: [
    {
      agentId: AGENT,
      name: '督导助手',
      secret: SECRET,
      description: `insp-01: ${SENTENCE}\nhead-01:\noffice-01: 谁还没签收整改通知`,
      menu: {
        button: [
          { name: '登记督导', type: 'click', key: 'visit.log' },
          {
            name: '我的任务',
            sub_button: [
              { name: '本月还差哪几所', type: 'click', key: 'visit.pending' },
              { name: '发送位置', type: 'location_select', key: 'place' },
              { name: '拍照上传', type: 'pic_sysphoto', key: 'photo' },
            ],
          },
          { name: '帮助', type: 'click', key: 'help.show' },
        ],
      },
    },
  ],
  departments: [
    { id: 1, name: '安澜区教育局', parentId: 0 },
    { id: 2, name: '区督导室' },
    { id: 3, name: '第二督学责任区' },
    ...SCHOOLS.map((name, n) => ({ id: FIRST_SCHOOL + n, name, parentId: 3 })),
  ],
  people: [
    { userId: 'insp-01', name: '李秀英', departments: [3], position: '责任督学' },
    { userId: 'head-01', name: '赵国栋', departments: [FIRST_SCHOOL], position: '校长' },
    { userId: 'office-01', name: '陈晓禾', departments: [2], position: '办公室' },
    ...many(20, (n) => ({
      userId: `insp-x${two(n)}`,
      name: `${'王张刘陈杨黄吴周徐孙'[n % 10]}建${'华平军民'[n % 4]}`,
      departments: [3],
      position: '责任督学',
    })),
    ...many(3, (n) => ({
      userId: `head-x${two(n)}`,
      name: `${'马朱胡'[n]}玉兰`,
      departments: [FIRST_SCHOOL + 1 + n],
      position: n === 2 ? '园长' : '校长',
    })),
    ...many(12, (n) => ({
      userId: `school-insp-${two(n)}`,
      name: `${'郭何高林罗郑梁谢宋唐许韩'[n]}志强`,
      departments: [FIRST_SCHOOL + (n % 4)],
      position: '校级督学',
    })),
  ],
  groups: [{ chatId: 'area2', name: '第二责任区工作群', members: ['insp-01', 'head-01', 'office-01'] }],
  robots: [{ key: 'robot-key', name: '播报', chatId: 'area2' }],
};

export const visitCard = (taskId: string) => ({
  card_type: 'button_interaction',
  source: { desc: '督导助手', desc_color: 1 },
  main_title: { title: '督导记录待确认', desc: '东关街道中心小学 · 3月19日(周四)上午' },
  sub_title_text: '1. 灭火器过期2个 — 安全(第6项)· 一般\n2. 食堂留样未贴标签 — 食堂卫生(第7项)· 一般',
  horizontal_content_list: [
    { keyname: '整改期限', value: '3月26日(周四)' },
    { keyname: '将通知', value: '该校校长(2项)' },
  ],
  task_id: taskId,
  button_list: [
    { text: '确认', style: 1, key: 'confirm' },
    { text: '修改', style: 2, key: 'change' },
    { text: '取消', style: 4, key: 'cancel' },
  ],
});

const noticeCard = (taskId: string) => ({
  card_type: 'button_interaction',
  source: { desc: '整改通知 区督整〔2026〕031号', desc_color: 2 },
  main_title: { title: '整改通知 2项', desc: '3月19日督导发现2项问题,请于3月26日(周四)前整改并回复。' },
  sub_title_text: '1. 灭火器过期2个\n2. 食堂留样未贴标签',
  task_id: taskId,
  button_list: [
    { text: '签收', style: 1, key: 'sign' },
    { text: '有异议', style: 2, key: 'object' },
  ],
});

export async function sendCard(world: World, to: string, card: object): Promise<void> {
  await world.api('message/send', {
    touser: to,
    msgtype: 'template_card',
    agentid: AGENT,
    template_card: card,
  });
}
export async function sendText(world: World, to: string, content: string): Promise<void> {
  await world.api('message/send', { touser: to, msgtype: 'text', agentid: AGENT, text: { content } });
}

/** Starts the stage. The bot answers a report with a card, a tap with the next step of the story, and echoes the rest. */
export async function startStage(): Promise<World> {
  let cards = 0;
  const world: World = await startWorld({ corp: district, pageDir: PAGE_DIR }, async (got) => {
    const [from, type] = [textOf(got.xml, 'FromUserName'), textOf(got.xml, 'MsgType')];
    if (type === 'text') {
      const said = textOf(got.xml, 'Content');
      if (!said.includes('灭火器')) return textReply(got, `收到:${said}`);
      cards += 1;
      await sendCard(world, from, visitCard(`visit-${cards}`));
      return textReply(got, '好的,请核对。');
    }
    if (type === 'image') return textReply(got, '照片已收到,随整改结果一并提交。');
    if (type === 'location') return textReply(got, `位置:${textOf(got.xml, 'Label')}`);
    const [event, key] = [textOf(got.xml, 'Event'), textOf(got.xml, 'EventKey')];
    if (event === 'click') return textReply(got, `菜单:${key}`);
    if (event !== 'template_card_event') return '';
    const name = { confirm: '已确认', cancel: '已取消', change: '修改中', sign: '已签收' }[key] ?? '已处理';
    await world.api('message/update_template_card', {
      userids: [from],
      agentid: AGENT,
      response_code: textOf(got.xml, 'ResponseCode'),
      button: { replace_name: name },
    });
    if (key === 'confirm') {
      await sendText(world, from, '已登记,并已向校长发送整改通知 区督整〔2026〕031号(2项,3月26日前)。');
      await sendCard(world, 'head-01', noticeCard(`notice-${textOf(got.xml, 'TaskId')}`));
    }
    return '';
  });
  return world;
}
