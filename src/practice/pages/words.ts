/** The words of the network's pages in one language. */
export interface Words {
  language: string;
  title: string;
  lead: string;
  nothingYet: string;
  notFound: string;
  comments: string;
  thread: string;
  edited: string;
  likes: string;
  shares: string;
  views: string;
  control: string;
  controlClosed: string;
  controlLead: string;
  account: string;
  everyone: string;
  call: string;
  everyCall: string;
  misbehaviour: string;
  times: string;
  misbehave: string;
  orders: string;
  lift: string;
  liftAll: string;
  accounts: string;
  expire: string;
  revoke: string;
  openAccount: string;
  handle: string;
  password: string;
  kind: string;
  outage: string;
  clock: string;
  lastCalls: string;
  noAnswer: string;
}

const en: Words = {
  language: 'en',
  title: 'Practice network',
  lead: 'For trying things. What is posted here stays on this machine, and nobody else sees it.',
  nothingYet: 'Nothing has been posted yet.',
  notFound: 'There is nothing here, or it was deleted.',
  comments: 'Comments',
  thread: 'The thread goes on',
  edited: 'edited',
  likes: 'Likes',
  shares: 'Shares',
  views: 'Views',
  control: 'Make it misbehave',
  controlClosed: 'To open this page, use the control address that was printed when the practice network started.',
  controlLead: 'Choose what goes wrong, for whom and how often. The names are explained in docs/networks/practice.md.',
  account: 'Account',
  everyone: 'everyone',
  call: 'Call',
  everyCall: 'every call',
  misbehaviour: 'What goes wrong',
  times: 'How often',
  misbehave: 'Misbehave',
  orders: 'Going wrong from now on',
  lift: 'Lift',
  liftAll: 'Behave again',
  accounts: 'Accounts',
  expire: 'Let the token expire',
  revoke: 'Revoke',
  openAccount: 'Open an account',
  handle: 'Handle',
  password: 'Password',
  kind: 'Kind',
  outage: 'Refuse connections, for milliseconds',
  clock: 'Clock ahead, by milliseconds',
  lastCalls: 'Last calls',
  noAnswer: 'no answer',
};

const th: Words = {
  language: 'th',
  title: 'เครือข่ายฝึกซ้อม',
  lead: 'มีไว้ลองใช้ สิ่งที่โพสต์ที่นี่อยู่ในเครื่องนี้เท่านั้น และไม่มีใครอื่นเห็น',
  nothingYet: 'ยังไม่มีโพสต์',
  notFound: 'ไม่มีอะไรที่นี่ หรือถูกลบไปแล้ว',
  comments: 'ความคิดเห็น',
  thread: 'โพสต์ต่อเนื่อง',
  edited: 'แก้ไขแล้ว',
  likes: 'ถูกใจ',
  shares: 'แชร์',
  views: 'การดู',
  control: 'ทำให้ทำงานผิดปกติ',
  controlClosed: 'หากต้องการเปิดหน้านี้ ให้ใช้ที่อยู่ควบคุมที่แสดงตอนเริ่มเครือข่ายฝึกซ้อม',
  controlLead: 'เลือกว่าอะไรจะผิดพลาด กับใคร และกี่ครั้ง คำอธิบายชื่อต่าง ๆ อยู่ใน docs/networks/practice.md',
  account: 'บัญชี',
  everyone: 'ทุกคน',
  call: 'การเรียก',
  everyCall: 'ทุกการเรียก',
  misbehaviour: 'สิ่งที่จะผิดพลาด',
  times: 'กี่ครั้ง',
  misbehave: 'ให้ผิดพลาด',
  orders: 'ความผิดพลาดที่ตั้งไว้',
  lift: 'ยกเลิก',
  liftAll: 'กลับมาทำงานปกติ',
  accounts: 'บัญชี',
  expire: 'ให้โทเคนหมดอายุ',
  revoke: 'เพิกถอน',
  openAccount: 'เปิดบัญชี',
  handle: 'ชื่อบัญชี',
  password: 'รหัสผ่าน',
  kind: 'ชนิด',
  outage: 'ไม่รับการเชื่อมต่อ เป็นเวลา (มิลลิวินาที)',
  clock: 'นาฬิกาเดินล่วงหน้า (มิลลิวินาที)',
  lastCalls: 'การเรียกล่าสุด',
  noAnswer: 'ไม่มีคำตอบ',
};

const vi: Words = {
  language: 'vi',
  title: 'Mạng tập dượt',
  lead: 'Để dùng thử. Những gì đăng ở đây nằm lại trên máy này và không ai khác nhìn thấy.',
  nothingYet: 'Chưa có bài nào.',
  notFound: 'Không có gì ở đây, hoặc đã bị xóa.',
  comments: 'Bình luận',
  thread: 'Chuỗi bài tiếp theo',
  edited: 'đã sửa',
  likes: 'Lượt thích',
  shares: 'Lượt chia sẻ',
  views: 'Lượt xem',
  control: 'Cho mạng gặp trục trặc',
  controlClosed: 'Để mở trang này, hãy dùng địa chỉ điều khiển được in ra khi mạng tập dượt khởi động.',
  controlLead:
    'Chọn điều gì trục trặc, với ai và bao nhiêu lần. Tên gọi được giải thích trong docs/networks/practice.md.',
  account: 'Tài khoản',
  everyone: 'mọi người',
  call: 'Lệnh gọi',
  everyCall: 'mọi lệnh gọi',
  misbehaviour: 'Điều trục trặc',
  times: 'Số lần',
  misbehave: 'Cho trục trặc',
  orders: 'Sắp trục trặc',
  lift: 'Bỏ',
  liftAll: 'Chạy bình thường lại',
  accounts: 'Tài khoản',
  expire: 'Cho mã truy cập hết hạn',
  revoke: 'Thu hồi',
  openAccount: 'Mở tài khoản',
  handle: 'Tên tài khoản',
  password: 'Mật khẩu',
  kind: 'Loại',
  outage: 'Từ chối kết nối, trong bao nhiêu mili giây',
  clock: 'Đồng hồ chạy trước, bao nhiêu mili giây',
  lastCalls: 'Các lệnh gọi gần đây',
  noAnswer: 'không trả lời',
};

const id: Words = {
  language: 'id',
  title: 'Jejaring latihan',
  lead: 'Untuk mencoba-coba. Yang diposting di sini tetap di komputer ini, dan tidak ada orang lain yang melihatnya.',
  nothingYet: 'Belum ada postingan.',
  notFound: 'Tidak ada apa-apa di sini, atau sudah dihapus.',
  comments: 'Komentar',
  thread: 'Lanjutan utas',
  edited: 'disunting',
  likes: 'Suka',
  shares: 'Dibagikan',
  views: 'Dilihat',
  control: 'Buat bermasalah',
  controlClosed: 'Untuk membuka halaman ini, pakai alamat kendali yang ditampilkan saat jejaring latihan dijalankan.',
  controlLead:
    'Pilih apa yang bermasalah, bagi siapa, dan berapa kali. Nama-namanya dijelaskan di docs/networks/practice.md.',
  account: 'Akun',
  everyone: 'semua',
  call: 'Panggilan',
  everyCall: 'semua panggilan',
  misbehaviour: 'Yang bermasalah',
  times: 'Berapa kali',
  misbehave: 'Buat bermasalah',
  orders: 'Yang akan bermasalah',
  lift: 'Batalkan',
  liftAll: 'Kembali normal',
  accounts: 'Akun',
  expire: 'Buat token kedaluwarsa',
  revoke: 'Cabut',
  openAccount: 'Buka akun',
  handle: 'Nama akun',
  password: 'Kata sandi',
  kind: 'Jenis',
  outage: 'Tolak koneksi, selama milidetik',
  clock: 'Jam lebih cepat, sekian milidetik',
  lastCalls: 'Panggilan terakhir',
  noAnswer: 'tanpa jawaban',
};

const eo: Words = {
  language: 'eo',
  title: 'Ekzerca reto',
  lead: 'Por provi. Kio estas afiŝita ĉi tie, restas en ĉi tiu komputilo, kaj neniu alia vidas ĝin.',
  nothingYet: 'Ankoraŭ nenio estas afiŝita.',
  notFound: 'Estas nenio ĉi tie, aŭ ĝi estis forigita.',
  comments: 'Komentoj',
  thread: 'La fadeno daŭras',
  edited: 'redaktita',
  likes: 'Ŝatoj',
  shares: 'Diskonigoj',
  views: 'Vidoj',
  control: 'Misfunkciigi ĝin',
  controlClosed: 'Por malfermi ĉi tiun paĝon, uzu la regadreson, kiu aperis, kiam la ekzerca reto startis.',
  controlLead: 'Elektu, kio misfunkciu, por kiu kaj kiomfoje. La nomoj estas klarigitaj en docs/networks/practice.md.',
  account: 'Konto',
  everyone: 'ĉiuj',
  call: 'Voko',
  everyCall: 'ĉiu voko',
  misbehaviour: 'Kio misfunkciu',
  times: 'Kiomfoje',
  misbehave: 'Misfunkciigi',
  orders: 'Misfunkcios de nun',
  lift: 'Nuligi',
  liftAll: 'Denove bone funkcii',
  accounts: 'Kontoj',
  expire: 'Senvalidigi la ĵetonon',
  revoke: 'Revoki',
  openAccount: 'Malfermi konton',
  handle: 'Identigilo',
  password: 'Pasvorto',
  kind: 'Speco',
  outage: 'Rifuzi konektojn, dum milisekundoj',
  clock: 'Horloĝo antaŭas, je milisekundoj',
  lastCalls: 'Lastaj vokoj',
  noAnswer: 'neniu respondo',
};

const all = { en, th, vi, id, eo };

/** The words in the first language of `Accept-Language` that there is, else in English. */
export function chooseWords(acceptLanguage: string | undefined): Words {
  const wanted = (acceptLanguage ?? '').split(',').map((it) => it.trim().slice(0, 2).toLowerCase());
  const found = wanted.find((it): it is keyof typeof all => Object.hasOwn(all, it));
  return all[found ?? 'en'];
}
