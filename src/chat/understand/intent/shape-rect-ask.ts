// Shapes of rectification that is not yet done: chasing the school, asking how far it is, listing what is open.
import type { ShapeRule } from './shape-types.ts';

export const OPEN_RECTIFICATION: readonly ShapeRule[] = [
  // chasing
  { if: /催|督促/, signs: { asks: false }, add: { 'rect.remind': 1.5 } },
  {
    if: /提个?醒|催/,
    and: /逾期|没交|没改|整改|到期|材料/,
    signs: { asks: false },
    add: { 'rect.remind': 2 },
  },
  { if: /口头|提醒了/, add: { 'rect.remind': -3 } },
  // "厕所有点味,提醒了": told on the spot
  {
    if: /(?:提醒|说|讲|交代)(?:了|过了?)(?:他们|她们|学校|园里|校长|园长)?$/,
    signs: { notice: false, asks: false, principal: false },
    add: { 'rect.remind': -8 },
  },
  // asking
  { signs: { overdue: true }, add: { 'rect.list': 1.5 } },
  {
    if: /(?:几|多少|哪).{0,8}(?:没|未|待).{0,2}(?:销|改|整改|结|办完|复查|审|交|验收|复核|核)|(?:没|未|待)(?:销|改完|整改|结|复查|审).{0,6}(?:几|多少|哪|有谁)/,
    not: /投诉|意见|回执/,
    add: { 'rect.list': 3, 'assign.list': -3, 'stats.query': -2 },
  },
  {
    if: /(?:没|未)(?:销号?|改完|整改完?|办结|结案)的/,
    not: /投诉|意见|回执/,
    signs: { asks: true },
    add: { 'rect.list': 4, 'visit.pending': -3, 'rect.query': 0.5 },
  },
  {
    if: /逾期|超期/,
    not: /会怎|后果|怎么处理|咋办|怎么办|^[^,]{0,8}:/,
    signs: { asks: true },
    add: { 'rect.list': 2.5 },
  },
  {
    if: /(?:改|修|换|装|弄|整改|交|批|审|过|完|好)(?:了|好|完)?(?:没|吗|了没|没有)|交没交|改没改/,
    signs: { asks: true },
    add: { 'rect.query': 1.5, 'rect.extend_request': -1 },
  },
  { signs: { asks: true, notice: true }, add: { 'rect.query': 2 } },
  // "防滑条能不能延几天"
  {
    if: /(?:能不能|可不可以|可否)[^,.;]{0,3}(?:延|缓|宽限|拖|推)|(?:延|缓|宽限|拖)(?:个)?[几两一]天(?:行|可以|成|好|中)/,
    signs: { principal: true },
    add: { 'rect.extend_request': 8, 'rule.query': -8 },
  },
  // "019交材料了": of the school itself it hands in, and asks nothing
  {
    if: /(?:交|传|报|上传|提交)(?:了)?(?:整改)?材料了|(?:整改)?材料(?:都|已经?)?(?:交|传|报)(?:上去)?了/,
    signs: { principal: true, asks: false },
    add: { 'rect.evidence': 10, 'rect.query': -10 },
  },
  {
    if: /^(?:收到|看到|交上来?|传上来?)了?(?:吗|没有?)\??$/,
    signs: { office: false },
    add: { 'rect.query': 5 },
  },
  {
    if: /(?:交|报|发|传|改)(?:上来|上去)?了[^?]{0,10}(?:收到|看到|显示|看)(?:了)?(?:没|吗|没有)/,
    signs: { principal: false, asks: true },
    add: { 'rect.query': 3, 'rect.list': -2 },
  },
];
