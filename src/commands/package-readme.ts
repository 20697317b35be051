/** How the receiver checks a package, with tools that every Linux has. */
export const readme = (kid: string): string => `移送材料包 使用与核验说明
======================

一、内容
  manifest.json     材料清单：案件编号、移送与接收机构、生成时的案件版本及其散列值、每个文件的大小与 SHA-256
  manifest.sig      对 manifest.json 原始字节的 Ed25519 签名（Base64）
  public-key.pem    签名公钥，密钥编号（kid）：${kid}
  SHA256SUMS        各文件的 SHA-256，供 sha256sum 使用
  summary.txt / summary.html   供阅读的摘要；内容以 records/ 为准
  records/*.json    各部分材料的结构化记录
  documents/        文书与证据的原始文件，文件名为“类型-文书编号.扩展名”

二、核验（Linux，OpenSSL 3.0 及以上，在解压后的目录中执行）
  1. 核验签名：
       base64 -d manifest.sig > manifest.sig.bin
       openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.sig.bin
     输出 “Signature Verified Successfully” 即为有效。
  2. 核验文件未被改动：
       sha256sum -c SHA256SUMS
     每行均为 “OK”。SHA256SUMS 本身的 SHA-256 载于 manifest.json。
  3. 核验公钥确属移送方系统：将 public-key.pem 与移送方系统 /v1/keys 所公布、编号为
       ${kid}
     的公钥比对，二者应一致。仅凭包内公钥不能证明来源。

三、说明
  为达成调解协议而作出的让步、调解笔录和内部备注依法不随案移送（民诉法解释第107条）。
  无争议事实须经双方当事人共同确认。记录中值为 null 的内容表示未填写或已依法删除。
`;
