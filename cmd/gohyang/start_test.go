package main

import (
	"bytes"
	"strings"
	"testing"

	"gohyang/output"
)

// TestEarlierStart: a Korean run from 2016 counts people from the start and gifts from 2023 on, the first year of the scheme; a run from 2024 starts with donors of
// the year before and so with more giving than a first year.
func TestEarlierStart(t *testing.T) {
	t.Chdir(t.TempDir())
	given := func(args string) map[int]int64 {
		var out, errs bytes.Buffer
		if code := run(strings.Fields(args), &out, &errs); code != exitOK && code != exitVerdict {
			t.Fatalf("%s: exit code %d: %s", args, code, errs.String())
		}
		fields := strings.Fields(args)
		r, err := output.Open(fields[len(fields)-1])
		if err != nil {
			t.Fatal(err)
		}
		sum := map[int]int64{}
		for _, y := range r.Years {
			sum[int(y.Year)] = y.ReceivedRecords
			if y.Population < 45e6 {
				t.Errorf("%s: %d residents in %d", args, y.Population, y.Year)
			}
		}
		return sum
	}
	early := given("run kr-baseline --scale 0.001 --years 2021-2023 --set run.base=2016 --quiet --out early")
	if early[2021] != 0 || early[2022] != 0 || early[2023] == 0 {
		t.Errorf("records from the start of 2016: got %v, want none before 2023", early)
	}
	late := given("run kr-baseline --scale 0.001 --years 2024-2024 --set run.base=2024 --quiet --out late")
	if late[2024] <= early[2023]/2 {
		t.Errorf("records of 2024 from the start of 2024: got %d, want the donors of 2023 among them (%d records in 2023)", late[2024], early[2023])
	}
}
