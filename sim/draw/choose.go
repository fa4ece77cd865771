package draw

// Table draws an item of a row in constant time with fixed weights (alias method, Walker 1977; Vose 1991). An entry packs the threshold of the column
// in the high and the other item in the low 32 bits.
type Table struct {
	n     uint64
	entry []uint64
}

// NewTable builds rows of n items from weights w(row, item) >= 0. A row whose weights sum to zero draws its items evenly.
func NewTable(rows, n int, w func(row, item int) float64) *Table {
	t := &Table{n: uint64(n), entry: make([]uint64, rows*n)}
	p := make([]float64, n)
	var small, large []int
	for r := range rows {
		sum := 0.0
		for i := range p {
			p[i] = w(r, i)
			sum += p[i]
		}
		small, large = small[:0], large[:0]
		for i := range p {
			if sum > 0 {
				p[i] = float64(p[i]/sum) * float64(n)
			} else {
				p[i] = 1
			}
			if p[i] < 1 {
				small = append(small, i)
			} else {
				large = append(large, i)
			}
		}
		vose(t.entry[r*n:(r+1)*n], p, small, large)
	}
	return t
}

func vose(row []uint64, p []float64, small, large []int) {
	for len(small) > 0 && len(large) > 0 {
		i, j := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		row[i] = uint64(min(4294967295, float64(p[i]*4294967296)))<<32 | uint64(j)
		p[j] = float64(p[j]+p[i]) - 1
		if p[j] < 1 {
			large = large[:len(large)-1]
			small = append(small, j)
		}
	}
	for _, i := range append(small, large...) {
		row[i] = 0xffffffff<<32 | uint64(i)
	}
}

// At draws an item of a row from a uniform word, without a branch.
func (t *Table) At(row int, u uint64) int {
	i := u >> 32 * t.n >> 32
	e := t.entry[uint64(row)*t.n+i]
	m := (u&0xffffffff - e>>32) >> 63 // 1 if the draw lies below the column's threshold
	return int(e&0xffffffff ^ (-m & (i ^ e&0xffffffff)))
}

// Ceiling is how far an item's weight may rise above its reference by rejection alone; above it the excess has a table of its own.
const Ceiling = 1.5

// Attempts is how often a caller of Try tries before it falls back on Exact.
const Attempts = 64

// stride separates the words of one attempt from those of the next.
const stride = 0xD1B54A32D192ED03

// Chooser draws items whose weights are a reference times a ratio that policy can change, so that a change of one ratio moves only the draws it must:
// the proposal comes from the reference table, which is the same in every scenario, and a rejection draws again with the next attempt's own words.
type Chooser struct {
	ref    *Table
	weight func(row, item int) float64
	ratio  []float64
	accept []uint64 // by item: acceptance threshold of a proposal, 32 digits
	excess *Table   // weight above Ceiling times the reference, nil if none
	over   []uint64 // by row: chance that an attempt takes the excess, 64 digits
	rows   int
}

// NewChooser makes a chooser from reference weights; ratios are 1 until SetRatios.
func NewChooser(rows, items int, weight func(row, item int) float64) *Chooser {
	c := &Chooser{ref: NewTable(rows, items, weight), weight: weight, rows: rows, accept: make([]uint64, items), ratio: make([]float64, items)}
	for i := range c.ratio {
		c.ratio[i] = 1
	}
	c.SetRatios(c.ratio)
	return c
}

// SetRatios sets the weight of each item relative to its reference, >= 0, for all rows.
func (c *Chooser) SetRatios(ratio []float64) {
	copy(c.ratio, ratio)
	high := false
	for i, r := range ratio {
		c.accept[i] = uint64(min(r/Ceiling, 1) * 4294967296)
		high = high || r > Ceiling
	}
	c.excess, c.over = nil, nil
	if high {
		c.setExcess()
	}
}

// setExcess builds the table of excess weights. With the row's reference summing to one and an excess of E, an attempt that takes the excess with
// chance E/(E+Ceiling) and otherwise accepts a proposal with min(ratio/Ceiling, 1) ends on each item in proportion to its weight.
func (c *Chooser) setExcess() {
	above := func(r, i int) float64 { return float64(c.weight(r, i) * max(c.ratio[i]-Ceiling, 0)) }
	c.excess = NewTable(c.rows, len(c.ratio), above)
	c.over = make([]uint64, c.rows)
	for r := range c.rows {
		sum, ref := 0.0, 0.0
		for i := range c.ratio {
			sum += above(r, i)
			ref += c.weight(r, i)
		}
		if ref > 0 {
			e := sum / ref
			c.over[r] = Fix(e / (e + Ceiling))
		}
	}
}

// Try makes one attempt to draw an item of a row with the person's key; the second result says whether it stands.
func (c *Chooser) Try(row int, key uint64, attempt int) (int, bool) {
	k := key + uint64(attempt)*stride
	u := Mix(k)
	if c.over != nil && Mix(k^stride) < c.over[row] {
		return c.excess.At(row, u), true
	}
	i := c.ref.At(row, u)
	return i, Mix(k+Golden)>>32 < c.accept[i]
}

// Exact draws an item of a row among those that may be chosen, by inverting the distribution; -1 if none has weight. It is slow: the last resort of a
// caller whose attempts were all refused.
func (c *Chooser) Exact(row int, u uint64, may func(item int) bool) int {
	sum := 0.0
	for i, r := range c.ratio {
		if may(i) {
			sum += float64(c.weight(row, i) * r)
		}
	}
	target, acc, last := Unit(u)*sum, 0.0, -1
	for i, r := range c.ratio {
		w := float64(c.weight(row, i) * r)
		if w <= 0 || !may(i) {
			continue
		}
		acc += w
		last = i
		if acc > target {
			break
		}
	}
	return last
}

// Share is the share of a row's weight that lies on the items asked for; 0 where there is no weight.
func (c *Chooser) Share(row int, of func(item int) bool) float64 {
	part, sum := 0.0, 0.0
	for i, r := range c.ratio {
		w := float64(c.weight(row, i) * r)
		sum += w
		if of(i) {
			part += w
		}
	}
	if sum == 0 {
		return 0
	}
	return part / sum
}
