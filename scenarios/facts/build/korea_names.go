package build

import "strings"

// krProvinces are the official English names of the 17 provinces by code.
var krProvinces = map[string]string{
	"11000": "Seoul", "26000": "Busan", "27000": "Daegu", "28000": "Incheon", "29000": "Gwangju", "30000": "Daejeon", "31000": "Ulsan",
	"36000": "Sejong", "41000": "Gyeonggi-do", "43000": "Chungcheongbuk-do", "44000": "Chungcheongnam-do", "46000": "Jeollanam-do",
	"47000": "Gyeongsangbuk-do", "48000": "Gyeongsangnam-do", "50000": "Jeju", "51000": "Gangwon State", "52000": "Jeonbuk State",
}

// Jamo in Unicode order, in Revised Romanisation (문화관광부 고시 2000-8).
var (
	krInitial = []string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
	krVowel   = []string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"}
	krFinal   = []string{"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t",
		"k", "t", "p", "t"}
)

// romanise writes the name of a town (고흥군) in Revised Romanisation with its suffix (Goheung-gun). Sounds change inside the name (종로 Jongno,
// 울릉 Ulleung) and not across the hyphen, as the rule on administrative units says.
func romanise(name string) string {
	runes := []rune(name)
	suffix := map[rune]string{'시': "-si", '군': "-gun", '구': "-gu"}[runes[len(runes)-1]]
	if suffix != "" {
		runes = runes[:len(runes)-1]
	}
	var b strings.Builder
	final := 0
	for i, r := range runes {
		s := int(r - '가')
		initial, vowel := s/588, s%588/28
		if i > 0 {
			b.WriteString(krJoin(final, initial))
		} else {
			b.WriteString(krInitial[initial])
		}
		b.WriteString(krVowel[vowel])
		final = s % 28
	}
	b.WriteString(krFinal[final])
	out := b.String()
	return strings.ToUpper(out[:1]) + out[1:] + suffix
}

// krJoin writes the final consonant of a syllable and the initial of the next: linking before a vowel, then the assimilations that occur in the
// names of Korean towns (nasals before ㄹ, ㄴ, ㅁ; ㄹ beside ㄴ and ㄹ).
func krJoin(final, initial int) string {
	const (
		n, l, m, silent    = 2, 5, 6, 11 // initials ㄴ ㄹ ㅁ ㅇ
		fk, fn, fl, fm, fp = 1, 4, 8, 16, 17
		fng                = 21
	)
	switch {
	case initial == silent:
		return map[int]string{fk: "g", fl: "r", fp: "b"}[final] + map[bool]string{true: krFinal[final]}[final != fk && final != fl && final != fp]
	case final == fl && (initial == l || initial == n), final == fn && initial == l:
		return "ll"
	case initial == l && (final == fng || final == fk):
		return "ngn"
	case initial == l && (final == fm || final == fp):
		return "mn"
	case final == fk && (initial == n || initial == m):
		return "ng" + krInitial[initial]
	case final == fp && (initial == n || initial == m):
		return "m" + krInitial[initial]
	}
	return krFinal[final] + krInitial[initial]
}
