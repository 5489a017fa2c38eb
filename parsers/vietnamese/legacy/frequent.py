"""The syllables that office Vietnamese is mostly made of.

A syllable that is missing here is no worse for it: the list only tells which of two
possible readings people are likelier to have written.
"""

_SYLLABLES = """
a ai am an ang anh ao ba ban bang banh bao bay biên biến biết biển biểu biện biệt bo
buôn buông buồn buồng buổi buộc bà bài bàn bàng bào bày bá bác bách bái bám bán bánh
báo bãi bé bê bên bì bìa bình bí bính bò bó bóng bôi bông bù bùi bùng bú bún bút băng
bơi bơm bưu bước bưởi bạ bạc bạch bạn bạo bản bảng bảo bảy bấy bần bầu bậc bận bật bắc
bắt bằng bẳng bến bếp bền bể bệ bệnh bị bịnh bọ bọc bọn bỏ bố bốc bối bốn bồ bồi bổ
bổng bộ bội bớt bờ bở bụi bức bữa ca cai cam can canh cao cau cay cha chai chay che
chi chia chim chinh chiêu chiếc chiếm chiến chiếu chiều cho chon chu chua chung chuyên
chuyến chuyển chuyện chuông chuẩn chuối chuồng chuỗi chuột chà chài chàm chào chán
chánh cháo cháu cháy chân châu chè chén chép chê chênh chí chín chính chòm chó chóng
chùa chùm chú chúa chúc chúng chút chăm chăn chơi chưa chương chướng chạ chạnh chạy
chả chải chấm chấn chấp chất chấu chẩn chậm chật chắc chắn chằng chặn chặt chẻ chế
chết chỉ chỉnh chị chọi chọn chối chốn chống chốt chồi chồng chỗ chớ chở chợ chục chụp
chủ chủng chứ chứa chức chứng chừng chửa chữ chữa coi con cong cu cui cung cuối cuốn
cuống cuồng cuộc cuộn cà cài càng cào cày cá các cách cái cám cán cánh cáo cáp cát cân
câu cây cò còn có cóng cô công cùi cùm cùng cú cúc cúng căn cũ cũng cơ cơm cơn cư
cương cước cưới cười cường cưỡng cạn cạnh cạo cả cải cảm cản cảng cảnh cấm cấp cất cấu
cấy cầm cần cầu cẩn cận cập cậu cắm cắt cằn cặp cọc cỏ cố cốc cối cống cốt cồng cổ
cổng cộ cội cộng cớ cờ cởi cỡ cụ cục củ của củi củng cứ cứng cứu cừ cử cửa cửu cựu da
danh dao di dinh diễn diện diệt diệu do doanh doi du dung duy duyên duyệt duệ dài dàn
dành dào dày dám dán dáng dân dâng dâu dây dã dãn dè dì dính dò dòng dóng dõi dù dùng
dĩ dũng dơi dư dưng dương dưới dường dưỡng dược dạ dại dạm dạn dạng dạo dạy dải dấn
dấu dần dầu dẫn dậy dặm dặn dễ dệt dị dịch dịp dọc dọn dốc dối dồi dỗ dội dột dời dở
dụ dục dụng dứa dứt dừa dừng dửng dữ dự dựa dựng em eo ga gai gan gang ganh gay ghe
ghi ghé ghép ghì ghẻ ghế gia giai gian giang giao gieo già giàn giành giàu giày giá
giác giám gián giáo giáp giây giã giêng giò gió gióng giúp giơ giương giường giả giải
giảm giảng giấc giấu giấy giẫm giặt giẻ giếng giết giọng giọt giỏ giỏi giỗ giới giờ
giời giở giữ giữa gom gu guồng gà gàm gàn gào gác gái gán gánh gây gãy gì gò gòn góc
góp gô gù găng gương gượng gạch gạo gạt gấm gấp gầm gần gầy gậy gắn gắng gắt gặp gặt
gỉ gọi gọn gỏi gốc gối gốm gồm gỗ gộp gởi gỡ gợi gừng gửi ha hai hang hanh hao hem hen
heo hia hinh hiên hiêu hiếm hiến hiếp hiếu hiền hiểm hiển hiểu hiện hiệp hiệu ho hoa
hoan hoang hoà hoài hoàn hoàng hoành hoá hoán hoãn hoạ hoạch hoại hoạn hoạt hoả hoảng
hun hung huy huynh huyết huyền huyện huân huấn huế huệ huống huỳ huỳnh huỷ hà hài hàm
hàn hàng hành hào hái hán háo hát hân hãn hãng hè hì hình hí hò hòa hòe hòm hòng hóa
hóp hôi hôm hôn hông hùa hùm hùng hút hăng hơ hơi hơn hư hưng hưu hương hướng hưởng hạ
hại hạm hạn hạng hạnh hạt hả hải hảo hấp hầu hận hậu hắc hắn hằng hẳn hẹn hẹp hẻm hết
hề hệ họ họa học họn họp hỏ hỏa hỏi hố hối hốt hồ hồi hồn hồng hổ hổng hỗ hỗn hộ hộc
hội hộp hớn hở hỡi hợi hợp hủy hứa hứng hữu im in inh ke kem keo kha khai kham khan
khang khao khe khen khi khinh khiêm khiếm khiến khiếu khiển kho khoa khoai khoan
khoang khoe khoá khoái khoán khoáng khoét khoản khoảng khoẻ khu khui khung khuya
khuynh khuyên khuyến khuyết khuân khuê khuôn khuất khuẩn khá khác khách khái khám khán
kháng khánh khát kháy khéo khép khê khí khía khích khít khó khóa khóc khói khô khôi
không khùng khúc khăn khơi khả khải khảm khảng khảo khấu khẩu khắc khắp khẳng khế khỏe
khỏi khố khối khống khổ khổng khởi khủng khứ khử kia kim kinh kiên kiêu kiếm kiến kiếp
kiềm kiều kiểm kiểu kiệm kiện kiệt kè kém kén kéo kê kênh kêu kì kìm kí kín kính ký kĩ
kẹ kẹp kẻ kẽo kế kết kể kệ kỉ kị kỳ kỵ kỷ kỹ la lai lam lan lang lanh lao lau lay le
len leo li lia linh liêm liên liêu liếc liền liều liễn liệm liệt liệu lo loa loan lon
long loà loài loàng loạ loại loạn loạt lu lua lui lung luyện luân luôn luẩn luận luật
luống luồn luồng luỵ luỹ ly là làm làn làng lành lào lá lách lái lánh láo láp lát lâm
lân lâu lây lã lãi lãm lãn lãng lãnh lão lén lê lên lì lìa lí lích lính líp lít lò lòi
lòng lóa lói lóng lót lô lôi lông lõ lõi lùa lùi lùn lùng lú lúa lúc lúng lút lý lăm
lăng lĩnh lũ lũy lơi lơn lư lưng lưu lương lưới lướt lười lường lưỡi lưỡng lược lượm
lượng lượt lạ lạc lại lạm lạng lạnh lạt lạy lấm lấn lấp lấy lầm lần lầu lầy lẩu lẫm
lẫn lẫy lận lập lậu lắc lắm lắng lắp lặn lặng lặp lẹ lẻ lẽ lề lể lễ lệ lệch lệnh lị
lịch lịnh lọ lọc lọt lốc lối lốm lồi lồng lổ lỗ lỗi lộ lộc lội lộn lộng lớ lớn lớp lời
lở lỡ lợi lợn lợp lụ lụa lục lụt lụy lứa lừa lừng lửa lửng lữ lững lựa lực lựu lỳ ma
mai man mang manh mau may me men meo mi min minh miên miêu miếng miếu miền miểu miễn
miện miệng miệt mo mong mua mui muối muốn muỗi muỗng muộn my mà mài màn màng mào màu
mày má mác mách mái máng máu máy mâm mân mây mã mãn mãnh mè mèn mé méo mét mê mênh mì
mình mí mía mít mò mòi mòn móc món móng mô môi môn mông mõ mù mùa mùi mú múa múc măng
mũ mũi mơ mưa mưu mương mướn mướp mười mượn mượt mạ mạc mạch mại mạn mạng mạnh mạo mả
mảng mảnh mảy mất mấu mấy mầm mần mẩn mẩu mẫm mẫu mận mật mậu mắc mắm mắng mắt mặn mặt
mẹ mẹo mế mến mề mềm mền mệnh mệt mị mịn mịt mọ mọc mọi mỏ mỏi mỏng mốc mối mốt mồ mồi
mồm mồng mổ mổi mỗ mỗi mộ mộc mộng một mớ mới mời mở mỡ mợ mụ mục mủ mủi mức mừng mực
mỵ mỹ na nai nam nan nang nem nga ngai ngang ngao ngay nghe nghi nghinh nghiêm nghiên
nghiêng nghiệm nghiệp nghiệt nghèo nghé nghêu nghìn nghĩ nghĩa nghẹn nghẽn nghề nghệ
nghỉ nghị nghịch ngoan ngon ngoài ngoại ngoạn ngoặc ngu nguy nguyên nguyễn nguyện
nguyệt nguồn nguỵ ngà ngài ngàn ngành ngào ngày ngán ngáy ngâm ngân ngây ngã ngò ngòi
ngó ngói ngóng ngô ngôi ngôn ngõ ngăn ngũ ngơ ngư ngưng ngước người ngưỡng ngược
ngượng ngạch ngại ngạnh ngạo ngạt ngả ngấm ngất ngầm ngần ngầu ngẩn ngẫm ngập ngắm
ngắn ngắt ngặt ngọc ngọn ngọt ngỏ ngốn ngồi ngộ ngớt ngờ ngỡ ngợi ngụ ngục ngụy ngủ
ngừa ngừng ngửa ngữ ngự ngựa nha nhai nhanh nhau nhe nhen nhi nhiên nhiêu nhiếp nhiều
nhiễm nhiệm nhiệt nho nhu nhung nhuyễn nhuận nhuộm nhà nhàm nhàn nhành nhá nhám nhánh
nháy nhân nhã nhãi nhãn nhé nhép nhì nhìn nhò nhóm nhô nhú nhúng nhăn nhơ như nhưng
nhường nhượng nhạc nhại nhạt nhạy nhảy nhấn nhấp nhất nhầm nhẫn nhậm nhận nhập nhật
nhắc nhắm nhắn nhằm nhặt nhẹ nhỉ nhị nhịn nhịp nhọn nhỏ nhồi nhổ nhổm nhộng nhớ nhờ
nhỡ nhục nhủ nhứt những nhựa ni niu niêm niên niềm niềng niệm no noi non nong nung
nuôi nuốt nà nài nàn nàng này nám nán nâng ném nén nép nét nên nêu nò nòi nòng nó nói
nón nóng nô nôi nông núi năm năng nũng nơ nơi nương nước nướng nạ nạn nải nản nấu nấy
nẩy nắm nắn nắng nắp nằm nặng nếp nết nếu nề nền nể nệm nọ nối nốt nồ nồi nồng nổ nổi
nỗ nỗi nộ nội nộp nới nở nợ nứt nửa nữ nữa o oai oan oanh ong oán pha phai phan phang
phao phay phe phi phim phiên phiếm phiến phiếu phiền phiện pho phong phu phun phà phàm
phàn phá phác phách phái phán pháo pháp phát phân phèn phé phép phê phì phí phía phích
phò phòng phó phóng phôi phông phù phùng phú phúc phút phăng phơ phơi phương phước
phường phưởng phượng phạch phạm phạn phạt phả phải phản phấn phất phần phẩm phẩy phẫn
phẫu phận phật phẳng phế phễu phỉ phỏng phố phối phồn phồng phổ phổi phở phụ phục
phụng phủ phức qua quan quang quanh quay que quen quy quyên quyến quyết quyền quyển
quà quàn quành quá quán quân quây quãng quét quê quên quì quí quít quý quýt quăng quạt
quả quản quảng quất quần quầy quận quật quậy quặng quế quện quỉ quốc quỳ quỵ quỷ quỹ
ra rao rau ri riêng ro rong ru rui ruộng ruột rà ràng rào rác rách rái rán ráo ráp rã
rét rên rêu rì rò ròng rõ rùa rùng rút răng rũ rơ rơi rơm rước rưỡi rượu rạ rạch rạng
rạp rải rảnh rất rầm rầu rẫy rậm rận rắc rắm rắn rằng rẹ rẻ rẽ rể rễ rỉ rọ rỏ rối rốn
rốt rồi rồng rổ rỗi rỗng rộ rộn rộng rộp rớ rớm rớt rời rụng rủ rủi rừng rửa rữa sa
sai san sang sanh sao sau say se sen seo si sim sinh siêu siết so soi song soát soạn
soạt su sui sung suy suất suối suốt sà sài sàm sàn sàng sào sá sách sán sáng sánh sáo
sát sáu sáy sâm sân sâu séc sên sì sính sò sòi sòng sóc sói sóng sót sô sôi sông sùi
sùng sú súc súng súp sút săn săng sĩ sơ sơn sư sưng sưu sương sướng sạch sạn sạt sả
sải sản sảng sảnh sảo sấn sấu sấy sầm sần sầu sẫm sập sậy sắc sắm sắn sắp sắt sằng sẳn
sẵn sẻ sẽ sếp sỉ sọ sọc sỏi số sối sống sốt sồng sổ sỗ sột sớm sờ sở sợ sợi sụ sục sụt
sủi sứ sức sừng sử sửa sữa sự sỹ ta tai tam tan tang tanh tao tay te tem tha thai tham
than thang thanh thao thay the theo thi thia thinh thiên thiêng thiêu thiếc thiến
thiết thiếu thiền thiển thiểu thiện thiệp thiệt tho thoa thoi thon thong thoái thoáng
thoát thoại thoả thoải thu thua thung thuyên thuyết thuyền thuê thuý thuần thuận thuật
thuế thuốc thuộc thuở thuỳ thuỷ thy thà thài thàm thành thày thác thái thám thán tháng
thánh tháo tháp thâm thân thâu thè thèm thép thê thêm thênh thì thí thích thím thính
thít thò thói thô thôi thôn thông thù thùng thùy thú thúc thúy thăm thăng thơ thơm thư
thưa thương thước thướt thường thưởng thượng thạch thạnh thạo thả thải thảm thản thảnh
thảo thấm thấp thất thấu thấy thầm thần thầu thầy thẩm thẫn thậm thận thập thật thắc
thắm thắng thắp thắt thẳm thẳng thẹn thẻ thế thề thềm thể thệ thỉnh thị thịnh thịt thọ
thỏ thỏa thối thốn thống thốt thồ thổ thổi thớ thới thờ thời thở thợ thụ thục thụy thủ
thủng thủy thứ thức thừ thừa thử thửa thực ti tia tin tinh tiêm tiên tiêu tiếc tiến
tiếng tiếp tiết tiềm tiền tiều tiểu tiễn tiệc tiệm tiện tiệt to toa toan toi tong toà
toàn toác toán toát toạ toại toả toản tra trai trang tranh trao trau tre treo tri tria
trinh triết triền triều triển triệt triệu tro trong tru trung truy truyền truyện truân
trà tràm tràn tràng trào trá trác trách trái trám trán tráng tránh tráo trân trâu trên
trêu trì trình trí trích trò tròn tròng tróc trói trôi trông trù trùng trú trúc trúng
trăm trăng trơ trơn trưa trưng trương trước trường trưởng trượng trượt trạ trạch trại
trạm trạng trả trải trảm trảng trấn trầm trần trầu trận trật trắc trắm trắng trằn trẻ
trệ trỉ trị trịnh trọ trọn trọng trỏ trố trốn trống trồ trồi trồng trổ trổi trỗ trộ
trội trộm trộn trớ trời trở trợ trợn trụ trục trụy trứ trứng trừ trừng trữ trự trực tu
tua tui tung tuy tuyên tuyến tuyết tuyền tuyển tuyệt tuân tuôn tuấn tuất tuần tuế tuệ
tuồng tuổi tuỳ ty tà tài tàm tàn tàng tào tàu tày tá tác tách tái tám tán táng táo tâm
tân tây tã tê tên tì tìm tình tí tích tím tín tính tít tò tòa tòi tòng tó tóc tóm tô
tôi tôn tông tù tùng tùy tú túc túi túng túy tăng tĩnh tơ tơi tư tưng tươi tương tước
tưới tướng tường tưởng tượng tạ tại tạm tạo tạp tạt tả tải tản tảng tảo tấc tấm tấn
tấp tất tấy tầm tần tầng tẩm tẩn tẩy tận tập tật tắc tắm tắt tằm tặng tẹo tẻ tẽ tế
tếch tết tề tể tệ tỉ tỉa tỉnh tị tịch tịnh tọa tọc tỏ tỏa tỏi tỏng tố tốc tối tốn tống
tốt tồ tồi tồn tổ tổn tổng tộc tội tộng tột tớ tới tờ tụ tục tụng tủ tủi tứ tức từ
từng tử tự tựa tựu tỵ tỷ u ung uy uông uý uẩn uốn uống uổng uỷ va vai van vang vay ve
vi vinh viêm viên viếc viếng viết viễn việc viện việt vo voi von vong vu vua vui vuông
vuốt vy và vài vàm vàng vành vào vá vách vái ván váng váy vân vâng vâu vây vã vãi vãng
vè vé vê vì ví vò vòi vòm vòng vó vóc vót vô vôi võ võng vùi vùng vú văn vĩ vĩnh vũ
vũng vơ vơi vươn vương vướng vườn vượn vượng vượt vạ vạc vạch vạm vạn vạy vả vải vảy
vấn vất vấy vần vầu vẩn vẫn vẫy vận vật vậy vắng vắt vẳng vặn vặt vẹt vẻ vẽ vế vết về
vệ vỉ vỉa vị vịnh vịt vọ vọng vỏ vố vối vốn vồ vổ vỗ vộ vội vớ với vớt vờ vời vở vỡ vợ
vợi vụ vụng vứt vừa vữa vỹ xa xanh xao xay xe xem xen xi xin xinh xiêm xiêu xiết xo
xoa xoay xong xoài xoá xoáy xoăn xu xua xui xung xuy xuyên xuyến xuân xuôi xuất xuể
xuống xuồng xà xài xào xá xác xách xám xáo xâm xây xã xé xén xét xê xì xí xích xít xò
xó xóa xóc xóm xót xô xù xú xúc xăng xơ xơi xưa xưng xương xướng xưởng xạ xạo xả xảy
xấp xấu xắn xẹp xẻ xẻng xế xếp xệ xỉ xỉu xị xỏ xốc xối xốp xồ xổ xới xứ xức xứng xử y
yên yêu yếm yến yết yếu yểm à ào á ái án ánh áo áp âm ân én ép ê ì ích ít ó ô ôi ôm ôn
ông ù ú úng úy ý ăn đa đai đam đang đao đau đe đem đen đeo đi đia đinh điêu điếc điền
điều điểm điển điện điệp điệu đo đoi đong đoàn đoán đoạn đoạt đu đua đuôi đuổi đà đài
đàm đàn đành đào đá đám đán đáng đánh đáo đáp đáy đâu đây đã đãi đè đèn đê đêm đìa
đình đích đính đò đòi đòn đó đói đón đóng đô đôi đông đùa đùng đú đúc đúng đăm đăng
đĩa đơ đơn đưa đương đước đường được đại đạm đạn đạo đạp đạt đảm đảng đảo đất đấu đấy
đầu đầy đẩu đẩy đập đậu đắc đắm đắng đắp đắt đằm đằng đẳng đặc đặt đẹp đế đếm đến đề
đền đều để đệ đỉnh địa địch định đọ đọc đỏ đốc đối đống đốt đồ đồi đồn đồng đổ đổi đỗ
độ độc đội động đột đời đỡ đợi đợt đục đụng đủ đứa đức đứng đừng đựng ơ ơi ơn ư ưa ưng
ưu ươm ương ước ướp ướt ường ạ ảnh ảo ấm ấn ấp ấy ẩm ế ỉ ố ốc ốm ống ốt ồ ồn ồng ổ ổn
ớt ở ụ ủ ủa ủng ủy ứ ứng ừ ỷ
"""

#: The few hundred of them that every second line holds.
_FREQUENT = """
an anh bà ba bác bài bản ban bán bàn bảng bảo báo bằng bầu bé bên bền bến bệnh bị bí
bỏ bộ bối bốn bổ biểu biết biên bình buổi bước các cán cảnh cả cao cải cái cảm cam cận
cần cấp câu cầu cây công cổng cộng cô có cố cờ cơ còn con của cụ cũ cư cựu cứ cử cuối
cuộc cùng cung cũng cường chi chỉ chí chị chính chiến chia cho chữ chức chung chúng
chủ chưa chương chứng chữa chợ chống chăm chất chân chấp chiều chiếu chuyên chuyển
danh dân dạy dẫn dịch diện do doanh dọn dục dùng dung dụng dự dưỡng dựng dưới đã đa
đại đảm đảng đào đạo đạt đánh đáng đất đặc đặt đầu đầy đây đê đề để đến đèn đêm điểm
điện điều địa đích định đình đóng đoàn đồ độ đội đối đổi đồng động đống đông đời đơn
đợt được đường đức gắn gia giá giải giảm giám gian giao giáo giới giờ giúp giữ giữa
giấy góp gồm gửi hà hạ hai hải hàng hành hạnh hạn hàn hằng hẻm hệ hết hiện hiến hiểu
hiệu hình hoa hóa hoá hòa hoà hoàn hoạch hoạt học hỏi họ họp hỗ hộ hồ hội hợp hộp hơn
hưởng hướng hương hùng huy huyện ích in kế kết khai khách khác khám khăn khánh khen
khéo khích khó khỏe khoẻ khoa khóa khoá khoản khoảng không khổ khối khu khuyến khởi kì
kỳ kỷ kỹ ký kiểm kiện kiến kiệm kinh là lại làm lãnh lao lập lặp lấy lên lệ liên liệt
lịch linh lĩnh lo long lòng loại lợi lời lớp lớn lộ luật lực lượng lưu lương lý mà
mạng mạnh máy may mắt mặt mẫu mái mầm miễn minh mình mọi mỗi mô môi mở mới một mùa mức
mừng muốn mỹ nam nâng năm năng này nạn ngày ngành ngân nghề nghị nghĩa nghiệp nghèo
nghiêm ngoài ngoại ngọc người nguyên nguyễn ngừa nguồn nhà nhân nhận nhất nhập nhật
nhằm nhau nhiều nhiệm nhiên nhóm nhỏ như những nhiễm niên nội nơi nói nông nước nữ ông
phạm phải phan pháp phát phần phân phẩm phép phi phí phiếu phó phòng phong phối phố
phổ phụ phù phúc phục phương phường phước qua quả quan quản quân quận quá quán quảng
quanh quang quà quốc quy quý quỹ quyền quyết ra rác rộng sách sản sáng sạch sau sáu
sắc sân sẽ sinh số sở sơ sống sông sức sử sự sửa tài tại tạo tác tám tập tặng tâm tân
tấn tất tăng tế tên tết tín tin tích tiếp tiền tiện tiến tiết tiêu tiểu tình tỉnh tinh
tính tòa toà tọa toán toàn tổ tổng tốt tộc tôn tông tối từ tư tự từng tưởng trung trai
trại trạm trang tranh tráng trách trao trên trẻ tri trị trí trì triển trình trong
trọng trợ trồng trú trực trường trưởng trước trần trận trật tuần tuổi tuyên tuyến
tuyển tùng túy thái tham tháng thành thanh thạnh thảo thăm thắng thắp thân thấp thầu
thế thể thêm theo thi thị thì thích thiếu thiện thiết thiểu thông thôn thống thời thủ
thu thú thuận thuật thuế thuộc thuốc thụy thủy thuỷ thư thứ thừa thực thức thương
thường thưởng úy ủy uỷ ứng vay văn vận vấn vẫn vật vào vắng về vệ vì vị việc viên viện
việt vinh võ vốn vở với vụ vũ vùng vui vượt vườn xa xã xanh xây xe xét xóa xuất xuân
xuống xử xứ y ý yên yếu yêu
"""

COMMON = frozenset(_SYLLABLES.split())
FREQUENT = frozenset(_FREQUENT.split())
