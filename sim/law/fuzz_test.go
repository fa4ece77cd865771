package law

import "testing"

// FuzzCredit prices any donor under every regime: nothing panics or overflows, and what must hold of every credit holds: it is not more than what was given or is
// due, it does not fall when more is given, and its parts add up.
func FuzzCredit(f *testing.F) {
	laws := regimes(f)
	f.Add(int64(6_000_000), int64(60_000), int64(0), true, []byte{17, 20}, uint8(3))
	f.Add(int64(1)<<62, int64(1)<<62, int64(-1)<<63, false, []byte{0, 255}, uint8(0))
	f.Add(int64(-1)<<63, int64(-1)<<63, int64(1)<<62, true, []byte{}, uint8(2))
	f.Add(int64(40_000_000), int64(300_000), int64(200_000), false, []byte{72}, uint8(1))
	f.Fuzz(func(t *testing.T, gross, donated, zone int64, spouse bool, ages []byte, flags uint8) {
		h := Household{Spouse: spouse}
		for _, a := range ages[:min(len(ages), 30)] {
			h.Dependants = append(h.Dependants, int(a))
		}
		filing, city := flags&1 != 0, flags&2 != 0
		for name, l := range laws {
			s := l.Statement(gross, h)
			p := s.Taxpayer
			if min(p.Gross, p.Taxable, p.Due, p.Local, p.Limit, s.Earned, s.Child, s.Standard, s.Levy) < 0 || p.Due+p.Local > p.Gross {
				t.Fatalf("%s: %+v", name, s)
			}
			r := l.Disaster(&p, donated, zone, filing, city)
			if min(r.State, r.Province, r.Town) < 0 || r.Total() > max(donated, 0) || r.Total() > p.Due+p.Local {
				t.Fatalf("%s: %+v for %d, %+v", name, r, donated, p)
			}
			if donated < most {
				if more := l.Disaster(&p, donated+1_000, zone, filing, city); zone <= donated && more.Total() < r.Total()-1 {
					t.Fatalf("%s: 1,000 more given saves less: %+v, %+v", name, r, more)
				}
			}
			parts := l.Parts(&p, donated, zone, filing)
			if b := l.Bearers(parts, city); !l.byTier && b.Total() != parts.State+parts.Basic+parts.Special+parts.Deemed {
				t.Fatalf("%s: %+v is borne as %+v", name, parts, b)
			}
			for i, x := range l.Schedule(&p, filing) {
				if x.Price < 0 || x.Price > million || x.From < 0 || (i == 0) != (x.From == 0) {
					t.Fatalf("%s: slice %d is %+v", name, i, x)
				}
			}
			l.Kinks(&p, nil)
			l.Bands(donated, zone)
		}
	})
}
