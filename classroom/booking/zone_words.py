"""Chinese names of the places that zones are called after, as Unicode's CLDR has them.

The same as those of the pages (`web/src/booking/zone_words.ts`). A core.
"""

from __future__ import annotations

from collections.abc import Mapping

_TOLD = """
Shanghai 上海 Urumqi 乌鲁木齐 Hong_Kong 香港 Macau 澳门 Taipei 台北 Tokyo 东京 Seoul 首尔
Pyongyang 平壤 Singapore 新加坡 Kuala_Lumpur 吉隆坡 Bangkok 曼谷 Jakarta 雅加达 Manila 马尼拉
Ho_Chi_Minh 胡志明市 Phnom_Penh 金边 Vientiane 万象 Yangon 仰光 Brunei 文莱 Dhaka 达卡
Kolkata 加尔各答 Kathmandu 加德满都 Thimphu 廷布 Colombo 科伦坡 Karachi 卡拉奇 Kabul 喀布尔
Tashkent 塔什干 Almaty 阿拉木图 Bishkek 比什凯克 Ulaanbaatar 乌兰巴托 Dubai 迪拜 Riyadh 利雅得
Qatar 卡塔尔 Kuwait 科威特 Bahrain 巴林 Baghdad 巴格达 Tehran 德黑兰 Jerusalem 耶路撒冷
Beirut 贝鲁特 Damascus 大马士革 Amman 安曼 Istanbul 伊斯坦布尔 Baku 巴库 Tbilisi 第比利斯
Yerevan 埃里温 Gaza 加沙 Vladivostok 符拉迪沃斯托克 Novosibirsk 新西伯利亚
Yekaterinburg 叶卡捷琳堡 Moscow 莫斯科 Kyiv 基辅 Minsk 明斯克 Berlin 柏林 Paris 巴黎
London 伦敦 Dublin 都柏林 Madrid 马德里 Lisbon 里斯本 Rome 罗马 Vienna 维也纳 Zurich 苏黎世
Brussels 布鲁塞尔 Amsterdam 阿姆斯特丹 Luxembourg 卢森堡 Copenhagen 哥本哈根 Oslo 奥斯陆
Stockholm 斯德哥尔摩 Helsinki 赫尔辛基 Warsaw 华沙 Prague 布拉格 Budapest 布达佩斯
Bucharest 布加勒斯特 Sofia 索非亚 Athens 雅典 Belgrade 贝尔格莱德 Zagreb 萨格勒布 Tallinn 塔林
Riga 里加 Vilnius 维尔纽斯 Reykjavik 雷克雅未克 Monaco 摩纳哥 Malta 马耳他 Cairo 开罗
Casablanca 卡萨布兰卡 Algiers 阿尔及尔 Tunis 突尼斯 Lagos 拉各斯 Accra 阿克拉 Nairobi 内罗毕
Addis_Ababa 亚的斯亚贝巴 Johannesburg 约翰内斯堡 Luanda 罗安达 Harare 哈拉雷 Khartoum 喀土穆
New_York 纽约 Chicago 芝加哥 Denver 丹佛 Phoenix 菲尼克斯 Los_Angeles 洛杉矶 Anchorage 安克雷奇
Honolulu 檀香山 Toronto 多伦多 Vancouver 温哥华 Halifax 哈利法克斯 St_Johns 圣约翰斯
Winnipeg 温尼伯 Edmonton 埃德蒙顿 Mexico_City 墨西哥城 Havana 哈瓦那 Panama 巴拿马
Bogota 波哥大 Lima 利马 Caracas 加拉加斯 Santiago 圣地亚哥 Sao_Paulo 圣保罗
Buenos_Aires 布宜诺斯艾利斯 Montevideo 蒙得维的亚 Detroit 底特律 Nuuk 努克 Sydney 悉尼
Melbourne 墨尔本 Brisbane 布里斯班 Adelaide 阿德莱德 Darwin 达尔文 Perth 珀斯 Hobart 霍巴特
Lord_Howe 豪勋爵岛 Auckland 奥克兰 Fiji 斐济 Guam 关岛 Apia 阿皮亚 Tahiti 塔希提 Noumea 努美阿
"""
_WORDS = _TOLD.split()
CHINESE: Mapping[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""By the last part of the zone's name: 纽约 of America/New_York."""
NOW_CALLED: Mapping[str, str] = {
    "Calcutta": "Kolkata",
    "Katmandu": "Kathmandu",
    "Saigon": "Ho_Chi_Minh",
    "Rangoon": "Yangon",
    "Dacca": "Dhaka",
    "Kiev": "Kyiv",
    "Godthab": "Nuuk",
    "Faeroe": "Faroe",
    "Asmera": "Asmara",
    "Ulan_Bator": "Ulaanbaatar",
    "Macao": "Macau",
    "Thimbu": "Thimphu",
    "Ponape": "Pohnpei",
    "Truk": "Chuuk",
}
"""Places by names that zones had before, which browsers still tell."""
