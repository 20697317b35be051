import type { ProofManifest } from './contract.js';

/** How whoever receives a proof package checks it. */
export const proofReadme = ({
  caseCode,
  signature,
  head,
}: Omit<ProofManifest, 'files'>): string => `案件记录证明包 内容与核验说明
==============================

案件编号：${caseCode}    版本：${head.version}
散列值：${head.hash}

一、内容
  manifest.json     清单：案件、版本、每个文件的大小与 SHA-256
  manifest.sig      对 manifest.json 原始字节的 Ed25519 签名（Base64），密钥编号 ${signature.keyId}
  events.jsonl      全部事件，每行一个，含所散列的各字段及前后散列值
  refusals.jsonl    依法不予办理的请求（如有），自成一链
  values.json       事件所引用的姓名、文字等内容及其盐值；已删除、不予显示的仅注明其状态
  evidence.json     文书与证据清单及 SHA-256；documents/ 为原始文件（如附）
  rules.json        期限所依据的规则版本、法律条文及其核实情况
  calendar.json     计算期限所用的节假日安排及其通知
  proof.json        存证锚点、签名与包含证明（RFC 9162）
  keys.json         公钥，以及旧密钥对新密钥的背书
  course.pdf        供阅读的案件经过；以 events.jsonl 为准

二、核验
  1. 使用本系统命令（无须数据库和网络）：
       accord verify-package 本文件.zip --key 可信的公钥或其编号
  2. 自行编程核验：方法和完整的五十行程序见项目文档 docs/verify-a-package.md。要点：
       · 清单签名；各文件的 SHA-256；
       · 每个事件：散列值 = SHA-256(前一散列值 ‖ 去掉 hash 与 previousHash 后的 RFC 8785 文本)，
         首个“前一散列值”为事件流名称的 SHA-256；
       · 每项内容：承诺值 = SHA-256(盐值 ‖ 内容的 RFC 8785 文本)；
       · 末个事件的散列值经包含证明归于锚点根，锚点由系统密钥签名。
  3. 公钥须另行取得（/v1/keys、公示或既有文书）。仅凭包内公钥不能证明来源。
     锚点另行保存的，可与 proof.json 中的锚点逐字比对：相同即证明该日以前的记录此后未被改动。

三、说明
  为达成调解协议而作出的让步、调解笔录和内部备注依法不随包提供（民诉法解释第107条），其承诺值仍在事件之中。
  已依法删除的个人信息连同盐值一并销毁，不影响其余部分的核验。
`;
