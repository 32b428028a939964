/*
 * The emoji short names that apps and people use most. An unknown name stays as it was typed.
 */

const table = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|100 💯|alarm_clock ⏰|ambulance 🚑|anger 💢|arrow_down ⬇️|arrow_left ⬅️
arrow_right ➡️|arrow_up ⬆️|arrows_counterclockwise 🔄|arrow_forward ▶️|bangbang ‼️|bar_chart 📊|beers 🍻|bell 🔔
no_bell 🔕|black_circle ⚫|blue_heart 💙|blush 😊|book 📖|bookmark 🔖|boom 💥|bug 🐛|building_construction 🏗️|bulb 💡
busts_in_silhouette 👥|bust_in_silhouette 👤|calendar 📆|spiral_calendar_pad 🗓️|call_me_hand 🤙|chart 💹
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|ballot_box_with_check ☑️|white_check_mark ✅
heavy_check_mark ✔️|clap 👏|clipboard 📋|clock1 🕐|closed_lock_with_key 🔐|cloud ☁️|coffee ☕|computer 💻|confetti_ball 🎊
construction 🚧|cry 😢|credit_card 💳|date 📅|desktop_computer 🖥️|dizzy 💫|door 🚪|email 📧|envelope ✉️|exclamation ❗
eyes 👀|face_with_monocle 🧐|fast_forward ⏩|fearful 😨|fire 🔥|fire_engine 🚒|flag-eu 🇪🇺|flag-us 🇺🇸|floppy_disk 💾|gear ⚙️
ghost 👻|gift 🎁|globe_with_meridians 🌐|green_circle 🟢|large_green_circle 🟢|grey_exclamation ❕|grey_question ❔|grin 😁
hammer 🔨|hammer_and_wrench 🛠️|handshake 🤝|heart ❤️|heavy_minus_sign ➖|heavy_plus_sign ➕|hourglass ⌛
hourglass_flowing_sand ⏳|house 🏠|inbox_tray 📥|information_source ℹ️|joy 😂|key 🔑|large_blue_circle 🔵
large_orange_circle 🟠|large_yellow_circle 🟡|large_red_square 🟥|large_green_square 🟩|large_yellow_square 🟨
large_orange_square 🟧|large_blue_square 🟦|link 🔗|lock 🔒|loudspeaker 📢|mag 🔍|male-firefighter 👨‍🚒|mega 📣|memo 📝
pencil 📝|pencil2 ✏️|moneybag 💰|muscle 💪|negative_squared_cross_mark ❎|neutral_face 😐|no_entry ⛔|no_entry_sign 🚫
o ⭕|octagonal_sign 🛑|ok 🆗|ok_hand 👌|outbox_tray 📤|package 📦|pager 📟|page_facing_up 📄|paperclip 📎|party_popper 🎉
pause_button ⏸️|double_vertical_bar ⏸️|telephone_receiver 📞|phone ☎️|telephone ☎️|pray 🙏|point_right 👉|point_left 👈
point_up ☝️|point_down 👇|pushpin 📌|question ❓|radio_button 🔘|raised_hands 🙌|hand ✋|raised_hand ✋|red_circle 🔴|repeat 🔁
robot_face 🤖|rocket 🚀|rotating_light 🚨|scream 😱|see_no_evil 🙈|shield 🛡️|ship 🚢|shrug 🤷|skull 💀|sleeping 😴|zzz 💤
slightly_smiling_face 🙂|smile 😄|smiley 😃|smirk 😏|snail 🐌|sob 😭|sos 🆘|sparkles ✨|speech_balloon 💬|star ⭐|star2 🌟
stopwatch ⏱️|sunny ☀️|sunglasses 😎|sweat_smile 😅|tada 🎉|test_tube 🧪|thinking_face 🤔|thread 🧵|ticket 🎫|timer_clock ⏲️
tools 🛠️|traffic_light 🚥|trophy 🏆|unlock 🔓|upside_down_face 🙃|vertical_traffic_light 🚦|warning ⚠️|wastebasket 🗑️|wave 👋
white_circle ⚪|wink 😉|wrench 🔧|writing_hand ✍️|x ❌|yellow_heart 💛|zap ⚡|heavy_exclamation_mark ❗|first_place_medal 🥇
`;

export const emoji = new Map(
    table.trim().split(/[|\n]/).map((entry) => {
        const cut = entry.lastIndexOf(" ");
        return [entry.slice(0, cut), entry.slice(cut + 1)];
    }));

/** The names that begin with, then those that contain, what was typed. */
export function findEmoji(query, limit = 8) {
    const names = [...emoji.keys()];
    const begins = names.filter((name) => name.startsWith(query));
    const contains = names.filter((name) => !name.startsWith(query) && name.includes(query));
    return [...begins, ...contains].slice(0, limit);
}
