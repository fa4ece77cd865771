package sim

import (
	"context"
	"sort"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"gohyang/sim/draw"
	"gohyang/sim/people"
)

// pass takes every tile of every block through the stages, blocks in any order and on all workers. It ends early if the context is cancelled.
func (w *World) pass(ctx context.Context, stages func(*people.Tile, *worker)) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	screen := draw.Key(w.cfg.Seed, w.year, draw.Screen)
	for _, k := range w.workers {
		group.Go(func() error {
			for {
				b := int(next.Add(1)) - 1
				if b >= len(w.persons.Blocks) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				w.block(k, b, screen, stages)
			}
		})
	}
	return group.Wait()
}

// block takes one block through the stages, tile by tile.
func (w *World) block(k *worker, b int, screen uint64, stages func(*people.Tile, *worker)) {
	p := w.persons
	block := &p.Blocks[b]
	t := &k.tile
	t.Block, t.Sex = block, block.Sex
	t.Age = min(w.year-1-block.Birth, people.Ages-1)
	t.Row = w.row(block.Birth, block.Sex)
	from := len(k.people.Born)
	words := int(block.N+63) / 64
	for at := 0; at < words; at += w.layout.Tile {
		n := min(w.layout.Tile, words-at)
		t.Base = block.From + uint32(at*64)
		first := t.Base / 64
		t.Alive = p.Alive[first : int(first)+n]
		if empty(t.Alive) {
			continue
		}
		t.Home = p.Home[t.Base : int(t.Base)+n*64]
		var keyed []uint64
		if block.Keyed {
			keyed = p.Key[t.Base-p.KeyFrom : int(t.Base-p.KeyFrom)+n*64]
		}
		t.Load(uint64(first), n, keyed, screen)
		stages(t, k)
	}
	if to := len(k.people.Born); to > from {
		k.born = append(k.born, segment{b, from, to})
	}
}

func empty(words []uint64) bool {
	some := uint64(0)
	for _, a := range words {
		some |= a
	}
	return some == 0
}

// merge adds up the workers' tallies and empties them. Newborns are taken in the order of their mothers' blocks, whoever counted them.
func (w *World) merge() {
	type part struct {
		k *worker
		s segment
	}
	var parts []part
	for _, k := range w.workers {
		for _, s := range k.born {
			parts = append(parts, part{k, s})
		}
	}
	sort.Slice(parts, func(i, j int) bool { return parts[i].s.block < parts[j].s.block })
	sums := w.sums
	sums.clear()
	for _, p := range parts {
		sums.people.Born = append(sums.people.Born, p.k.people.Born[p.s.from:p.s.to]...)
	}
	for _, k := range w.workers {
		sums.people.Add(k.people)
		sums.giving.Add(k.giving)
		sums.ties.Add(k.ties)
		k.born = k.born[:0]
	}
	sums.giving.Total()
	for r, change := range sums.people.Change {
		for t, n := range change {
			w.pop[r][t] += n
			change[t] = 0
		}
	}
}

// clear empties the sums of the year before.
func (k *worker) clear() {
	k.people.Born = k.people.Born[:0]
	clear(k.people.Towns)
	k.giving.Reset()
	k.ties.Reset()
}

// admit lets newborns and arrivals enter (S9).
func (w *World) admit(live *people.Year) {
	towns := w.sums.people.Towns
	live.Born(w.persons, w.sums.people.Born, w.layout.Block, w.sums.people, func(sex int, home uint16) {
		w.pop[w.row(w.year, sex)][home]++
	})
	live.Arrive(w.persons, w.cfg.Scale, w.cfg.Options.Abroad, w.layout.Block, func(sex, birth int, home uint16) {
		w.pop[w.row(birth, sex)][home]++
		towns[home].Arrivals++
	})
}
