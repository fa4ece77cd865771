package giving

import "gohyang/sim/law"

// monthSteps is how finely the year is cut into months.
const monthSteps = 4096

// timing prepares the months of a year (E10). Kink donors give later than others by timing.rush, around the mean of timing.december at the share amount.kink of
// kink donors, so that the year's December share drifts with who gives. In the launch year timing.novelty of the records are made for the novelty, evenly over the
// year. Before a dated change that leaves donors less, records are pulled forward.
func (y *Year) timing(l *law.Law, due *Deadline, launch bool) {
	t, share := y.params.Timing, min(y.params.Amount.Kink, 1)
	if launch {
		t.December += float64(t.Novelty * (1.0/12 - t.December))
		t.Autumn += float64(t.Novelty * (2.0/12 - t.Autumn))
	}
	late := min(max(t.December+float64(t.Rush*(1-share)), 0), 1-t.Autumn)
	early := min(max(t.December-float64(t.Rush*share), 0), 1-t.Autumn)
	if t.Rush == 0 {
		late, early = t.December, t.December
	}
	y.month = [2][monthSteps]uint8{months(early, t.Autumn), months(late, t.Autumn)}
	y.turn = 12
	if due == nil || due.Month < 2 {
		return
	}
	loss := y.worth(&l.Rules, y.market.Advertised()) - y.worth(due.Next, y.market.under(due.Next))
	if loss > 0 {
		y.turn, y.pull = due.Month-1, uint32(min(t.Pull*(loss/points), 1)*65536)
	}
}

// points is the loss at which timing.pull is defined: what Japan's portals gave in points before the ban of October 2025 (J73, J74), share of the donation.
const points = 0.05

// worth is what a won or yen of donation brings beside the relief: the mean gift on offer as donors value it, and points.
func (y *Year) worth(r *law.Rules, gift float64) float64 {
	return float64(y.params.Amount.GiftValue*gift) + r.Platform.Points
}

// months is the month of each quantile of a year's records.
func months(december, autumn float64) (out [monthSteps]uint8) {
	sum, from := 0.0, 0
	for m := range 12 {
		switch m {
		case 11:
			sum = 1
		case 9, 10:
			sum += autumn / 2
		default:
			sum += (1 - december - autumn) / 9
		}
		to := int(min(max(sum, 0), 1)*monthSteps + 0.5)
		for ; from < to; from++ {
			out[from] = uint8(m)
		}
	}
	return out
}

// monthOf draws the month of a record from the record's key; what empathy gives to a struck place it gives in the month of the disaster.
func (y *Year) monthOf(key uint64, to int, g *gift) int {
	if s := y.market.struck[to]; s > 0 && g.nest >= y.tables.nest[1] {
		return int(s) - 1
	}
	who := 0
	if g.kind == kink {
		who = 1
	}
	m := int(y.month[who][key>>36&(monthSteps-1)])
	if m >= y.turn && uint32(key>>48) < y.pull {
		return y.turn - 1
	}
	return m
}
