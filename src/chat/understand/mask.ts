// Pupils' names and phone numbers do not enter a record as typed (DOMAIN §6.4).

const SURNAME =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧';
const PUPIL = '(?:学生|同学|孩子|小朋友|幼儿|男生|女生|娃)';
const NAME = `([${SURNAME}])([\\u4e00-\\u9fff]{1,2}?)`;
const AFTER_NAME =
  '(?=同学|小朋友|被|把|在|和|跟|的|从|说|摔|受|晕|打|,|。|、|,|\\s|$|没|未|不|迟|住|患|发|肚|上|下|与|,|及)';
const RULES = [
  new RegExp(`(?<=${PUPIL}(?:叫|名叫|是|:)?)${NAME}${AFTER_NAME}`, 'g'),
  new RegExp(
    `(?<=[把被叫打对让给]|年级|[一二三四五六七八九\\d]班的?)${NAME}(?=同学|小朋友|牙|打|头|手|腿|脸|鼻|眼|推|撞|欺负|弄|咬|踢|,|$)`,
    'g',
  ),
  new RegExp(`(?<=^|[^\\u4e00-\\u9fff])${NAME}(?=同学|小朋友)`, 'g'),
];
RULES.push(
  new RegExp(
    `(?<=^|[,。.,;;\\s])${NAME}(?=被(?:同学|人|老师|打|撞|烫|车|欺负|砸|咬)|(?:和|跟|把|与)(?:同学|同桌))`,
    'g',
  ),
);
const PHONE = /(?<!\d)(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)|(?<!\d)(0\d{2,3})-?(\d{7,8})(?!\d)/g;
const ID_CARD = /(?<!\d)(\d{6})\d{8}(\d{3}[\dxX])(?!\d)/g;

/** The text with pupils' names as 王某, phone numbers as 138****5678 and identity numbers shortened. Safe to apply twice. */
export function maskPersonal(text: string): string {
  let out = text
    .replace(ID_CARD, (_all, head: string, tail: string) => `${head}********${tail}`)
    .replace(PHONE, (_all, a?: string, _b?: string, c?: string, area?: string, line?: string) =>
      a ? `${a}****${c ?? ''}` : `${area ?? ''}-****${(line ?? '').slice(-4)}`,
    );
  for (const rule of RULES) {
    out = out.replace(rule, (all: string, surname: string, given: string) =>
      NOT_NAMES.test(surname + given) ? all : `${surname}某`,
    );
  }
  return out;
}

const NOT_NAMES =
  /^(?:某|家长|老师|宿舍|教室|食堂|学习|作业|安全|成绩|时间|路上|高中|高一|高二|高三|方面|平时|经常|全部|全员|全班|全体|都|连续|应该|能|和|于|从|向|单独|常|双|井|车|水|时|明显|成|马上|包|管|解|封|通|文|计|强|何|广|国|满|终|步|居|容|充|别|边|石佛|石头|山|金属|花|温度|农村|东西|东关|东边|古|习惯|干|任|许多|万|白天|黄金|高度|高处|高空|平|路|雷|毛|安|家)/;
