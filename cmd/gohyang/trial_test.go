package main

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"

	"gohyang/output"
)

// TestTrial: a run in memory has the numbers of the same run into files.
func TestTrial(t *testing.T) {
	t.Chdir(t.TempDir())
	var out, errs bytes.Buffer
	if code := run(strings.Fields("run kr-baseline --scale 0.0005 --years 2023-2024 --quiet --out files"), &out, &errs); code != exitOK && code != exitVerdict {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	want, err := output.Open("files")
	if err != nil {
		t.Fatal(err)
	}
	s, err := load("kr-baseline", &runFlags{set: []string{"run.scale=0.0005", "run.years=[2023, 2024]"}})
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := configure(s)
	if err != nil {
		t.Fatal(err)
	}
	got, err := trial(context.Background(), cfg, true)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Towns[0].Measures, want.Towns[0].Measures) || len(got.Towns) != len(want.Towns) || len(got.Flows) == 0 || len(got.Donors) == 0 || len(got.Months) != 24 {
		t.Errorf("the places of a trial are not those of a run")
	}
	for i := range want.Years {
		if got.Years[i].Measures != want.Years[i].Measures || *got.Years[i].Gini != *want.Years[i].Gini || *got.Years[i].December != *want.Years[i].December {
			t.Errorf("%d: got %+v, want %+v", want.Years[i].Year, got.Years[i], want.Years[i])
		}
	}
}
