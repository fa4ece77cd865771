package facts

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// copied returns the shipped tables of a country as a folder that can be changed.
func copied(t *testing.T, code string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(shipped, code, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(shipped, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil || len(out) < 20 {
		t.Fatalf("got %d files, want 20 or more: %v", len(out), err)
	}
	return out
}

// TestLoad loads both countries; LoadFS checks every digest.
func TestLoad(t *testing.T) {
	for _, code := range []string{"kr", "jp"} {
		c, err := Load(code)
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		again, err := LoadFS(copied(t, code), code)
		if err != nil || again.Digest != c.Digest || len(c.Digest) != 64 {
			t.Errorf("%s: got digest %q from a copy, want %q: %v", code, again.Digest, c.Digest, err)
		}
		if c.FirstYear != c.BaseYear || len(c.Death) != 2072-c.BaseYear+1 || len(c.Arrivals) != len(c.Death) || len(c.Birth["low"]) != len(c.Death) {
			t.Errorf("%s: yearly tables must run from the base year to 2072", code)
		}
	}
	if _, err := Load("cn"); err == nil {
		t.Error("an unknown country must be an error")
	}
}

// TestTampered changes one byte of every table in turn: each must be named with both digests.
func TestTampered(t *testing.T) {
	for _, code := range []string{"kr", "jp"} {
		sources, err := SourcesFS(shipped, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sources {
			fsys := copied(t, code)
			name := path.Join(code, s.File)
			data := []byte(strings.Clone(string(fsys[name].Data)))
			data[len(data)/2] ^= 1
			fsys[name] = &fstest.MapFile{Data: data}
			_, err := LoadFS(fsys, code)
			var tampered *TamperedError
			if !errors.As(err, &tampered) || tampered.File != name || tampered.Want != s.SHA256 {
				t.Errorf("%s: got %v, want a TamperedError", name, err)
				continue
			}
			want := "facts " + name + ": SHA-256 is " + tampered.Got[:4] + "…, SOURCES.toml says " + s.SHA256[:4] + "…: the table was changed or damaged"
			if err.Error() != want {
				t.Errorf("got %q, want %q", err, want)
			}
		}
	}
}

// TestSources changes the list of tables: each fault must be named.
func TestSources(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unlisted", `file = "od.csv"`, `file = "other.csv"`, "od.csv is not listed"},
		{"twice", `file = "od.csv"`, `file = "vital.csv"`, "vital.csv is listed twice"},
		{"unknown key", "unit = \"won", "units = \"won", "unknown key table.units"},
		{"missing key", "licence = \"CC BY 3.0 IGO\"\n", "", "licence is missing"},
		{"status", `status = "judgement"`, `status = "guess"`, "status (published, derived or judgement) is missing"},
		{"syntax", "[[table]]", "[[table]", "SOURCES.toml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := copied(t, "kr")
			edit(t, fsys, "kr/SOURCES.toml", c.old, c.new)
			_, err := LoadFS(fsys, "kr")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// edit replaces the first occurrence of old.
func edit(t *testing.T, fsys fstest.MapFS, name, old, new string) {
	t.Helper()
	before := string(fsys[name].Data)
	after := strings.Replace(before, old, new, 1)
	if after == before {
		t.Fatalf("%s: %q not found", name, old)
	}
	fsys[name] = &fstest.MapFile{Data: []byte(after)}
}

// sign renews the digest of a changed table in SOURCES.toml, as an editor of the table would.
func sign(t *testing.T, fsys fstest.MapFS, name string) {
	t.Helper()
	sources, err := SourcesFS(shipped, "kr")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		if s.File == path.Base(name) {
			sum := sha256.Sum256(fsys[name].Data)
			edit(t, fsys, "kr/SOURCES.toml", s.SHA256, hex.EncodeToString(sum[:]))
		}
	}
}

// TestStrict breaks one table at a time, with its digest renewed, and wants the fault with file, line and column.
func TestStrict(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want string }{
		{"column", "population.csv", "code,sex,0-4", "code,sex,0-5", "kr/population.csv:1: header: got"},
		{"extra column", "vital.csv", "moves_in,moves_out", "moves_in,moves_out,note", "kr/vital.csv:1: header: got"},
		{"short row", "od.csv", "0,11000,26000,", "0,11000,", "kr/od.csv: record on line 3: wrong number of fields"},
		{"sex", "population.csv", "11110,M,", "11110,X,", `kr/population.csv:2:7: sex: got "X", want one of M, F`},
		{"number", "population.csv", "11110,F,", "11110,F,x", "kr/population.csv:3:9: 0-4: got"},
		{"negative", "population.csv", "11110,F,", "11110,F,-", "want a whole number of 0 or more"},
		{"unknown town", "population.csv", "11140,M,", "99999,M,", `kr/population.csv:4:1: code: got "99999", want the code of a town`},
		{"duplicate", "population.csv", "11110,F,", "11110,M,", "kr/population.csv:3: duplicate row: the same key stands on line 2"},
		{"missing row", "birth_town.csv", "11000,", "26000,", "kr/birth_town.csv: got 16 rows, want 17"},
		{"not a number", "move_age.csv", "M,0,", "M,0,NaN", `rate: got "NaN`},
		{"infinite", "town_levels.csv", "11110,", "11110,Inf", "death_level: got"},
		{"out of range", "birthplace.csv", "11000,11000,0", "11000,11000,7", "share: got"},
		{"sum", "birthplace.csv", "11000,11000,0.47", "11000,11000,0.87", "kr/birthplace.csv: residence 11000: shares sum to"},
		{"shares", "fertility_age.csv", "2023,2023,30-34,0.4", "2023,2023,30-34,0.9", "kr/fertility_age.csv: 2023-2023: shares sum to"},
		{"gap", "fertility_age.csv", "2023,2023,30-34,", "2023,2023,30-33,", "age groups leave a gap or overlap at 35"},
		{"age group", "arrivals.csv", "2023,2023,M,0-4,", "2023,2023,M,0 to 4,", "age_group: got"},
		{"period", "life_table.csv", "2015,2019,M,0,", "2016,2019,M,0,", "kr/life_table.csv: got"},
		{"variant", "fertility_level.csv", "low,2023,", "lowest,2023,", "variant: got"},
		{"year", "fertility_level.csv", "low,2024,", "low,20x4,", "year: got"},
		{"province", "od.csv", "0,11000,26000,", "0,11000,26,", `dest: got "26", want the code of a province`},
		{"group", "od.csv", "0,11000,26000,", "7,11000,26000,", `group: got "7"`},
		{"class", "places.csv", "town,11110,11000,", "village,11110,11000,", "kr/places.csv:19:1: level: got"},
		{"orphan", "places.csv", "town,11110,11000,", "town,11110,12000,", `11110: province: got "12000"`},
		{"coordinates", "places.csv", "126.9776,", "12.69776,", "lon: got"},
		{"taxpayers", "places.csv", ",56114,", ",5611400,", "11110: 5611400 taxpayers, but the population can have"},
		{"earned tax", "fiscal.csv", "11110,159780732000,", "11110,259780732000,", `kr/fiscal.csv:2:7: earned_tax: got "259780732000", want no more than the local tax of places.csv`},
		{"government", "fiscal.csv", "11110,159780732000,", "36110,159780732000,", "want no more than the local tax"},
		{"no government", "fiscal.csv", "11110,159780732000,", "11111,159780732000,", `code: got "11111", want the code of a town or province`},
		{"constant", "constants.csv", "base_year", "first_year", "key: got"},
		{"donation", "donations_town.csv", "11110,2023,", "11111,2023,", "code: got"},
		{"flag", "donations_nation.csv", "2023,65060000000,", "2023,a lot,", "amount: got"},
		{"place", "projection.csv", "11000,2023,", "11001,2023,", "want the code of a province or town, or blank for the nation"},
		{"earner", "earners.csv", "M,20-24,", "M,21-24,", "kr/earners.csv: M: age groups must follow each other: 21 after 20"},
		{"quote", "totals.csv", "population,11000:M,", "population,\"11000:M,", "kr/totals.csv"},
		{"empty", "vital.csv", "11000,2015,", "11000,,", "year: got"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := copied(t, "kr")
			edit(t, fsys, "kr/"+c.file, c.old, c.new)
			sign(t, fsys, "kr/"+c.file)
			got, err := LoadFS(fsys, "kr")
			if err == nil || got != nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestManyFaults wants all faults of a load at once, and a bound on how many are printed.
func TestManyFaults(t *testing.T) {
	fsys := copied(t, "kr")
	edit(t, fsys, "kr/constants.csv", "0.5122", "5")
	fsys["kr/population.csv"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(fsys["kr/population.csv"].Data), ",F,", ",W,"))}
	sign(t, fsys, "kr/constants.csv")
	sign(t, fsys, "kr/population.csv")
	_, err := LoadFS(fsys, "kr")
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"constants.csv:3:12: value: got \"5\"", "population.csv:3:7: sex: got \"W\"", "more faults"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
	if n := strings.Count(err.Error(), "\n"); n > maxFaults {
		t.Errorf("got %d lines, want %d at most", n+1, maxFaults+1)
	}
}

// TestSplitAges checks on random groups that every group sum is preserved exactly and no age is negative.
func TestSplitAges(t *testing.T) {
	tail := []float64{5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1}
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.SliceOfN(rapid.Int64Range(0, 100_000), 21, 21).Draw(t, "groups")
		first := make([]int, len(groups))
		for i := range first {
			first[i] = 5 * i
		}
		single := SplitAges(first, groups, tail)
		for i, want := range groups {
			var got int64
			for a := 5 * i; a < Ages && (i == len(groups)-1 || a < 5*i+5); a++ {
				if single[a] < 0 {
					t.Fatalf("age %d: got %d persons", a, single[a])
				}
				got += int64(single[a])
			}
			if got != want {
				t.Fatalf("group %d: got %d persons, want %d", i, got, want)
			}
		}
	})
}

// TestApportion checks that parts add up, and that each is the floor or the ceiling of its share.
func TestApportion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Float64Range(0, 1000), 1, 50).Draw(t, "weights")
		var sum float64
		for _, w := range weights {
			sum += w
		}
		var got int64
		for i, n := range Apportion(total, weights) {
			got += n
			if share := float64(total) * (weights[i] / sum); sum > 0 && (float64(n) < share-1.001 || float64(n) > share+1.001) {
				t.Fatalf("part %d: got %d, want %g", i, n, share)
			}
		}
		if got != total {
			t.Fatalf("got %d, want %d", got, total)
		}
	})
}
