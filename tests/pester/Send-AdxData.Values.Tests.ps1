# Values keep their meaning on the way: what goes in comes out of a query.

BeforeDiscovery {
    $utc = [datetime]::new(2026, 7, 1, 12, 30, 45, [System.DateTimeKind]::Utc).AddTicks(1234567)
    $values = @(
        @{ Case = 'the smallest int'; Type = 'int'; Sent = [int]::MinValue; Read = [int]::MinValue }
        @{ Case = 'the largest int'; Type = 'int'; Sent = [int]::MaxValue; Read = [int]::MaxValue }
        @{ Case = 'the smallest long'; Type = 'long'; Sent = [long]::MinValue; Read = [long]::MinValue }
        @{ Case = 'the largest long'; Type = 'long'; Sent = [long]::MaxValue; Read = [long]::MaxValue }
        @{ Case = 'a byte as long'; Type = 'long'; Sent = [byte] 255; Read = 255L }
        @{ Case = 'a whole double as long'; Type = 'long'; Sent = 3.0; Read = 3L }
        @{ Case = 'digits as long'; Type = 'long'; Sent = ' 42 '; Read = 42L }
        @{ Case = 'an int as real'; Type = 'real'; Sent = 7; Read = 7.0 }
        @{ Case = 'a double of 17 digits'; Type = 'real'; Sent = 0.1 + 0.2; Read = 0.1 + 0.2 }
        @{ Case = 'the smallest double'; Type = 'real'; Sent = [double]::Epsilon; Read = [double]::Epsilon }
        @{ Case = 'the largest double'; Type = 'real'; Sent = [double]::MaxValue; Read = [double]::MaxValue }
        @{ Case = 'NaN'; Type = 'real'; Sent = [double]::NaN; Read = [double]::NaN }
        @{ Case = 'infinity'; Type = 'real'; Sent = [double]::PositiveInfinity; Read = [double]::PositiveInfinity }
        @{ Case = 'minus infinity'; Type = 'real'; Sent = [double]::NegativeInfinity; Read = [double]::NegativeInfinity }
        @{ Case = 'a float by its shortest text'; Type = 'real'; Sent = [float] 0.1; Read = 0.1 }
        @{ Case = 'the largest decimal'; Type = 'decimal'; Sent = [decimal]::MaxValue; Read = [decimal]::MaxValue }
        @{ Case = 'a decimal of 28 places'; Type = 'decimal'; Sent = 0.1234567890123456789012345678d; Read = 0.1234567890123456789012345678d }
        @{ Case = 'a ulong as decimal'; Type = 'decimal'; Sent = [ulong]::MaxValue; Read = [decimal] [ulong]::MaxValue }
        @{ Case = '34 digits, as text, which .NET''s decimal has not'; Type = 'decimal'; Sent = '-1234567890.123456789012345678901234'; Read = '-1234567890.123456789012345678901234' }
        @{ Case = 'a whole number of 34 digits'; Type = 'decimal'; Sent = [bigint]::Parse('1234567890123456789012345678901234'); Read = '1234567890123456789012345678901234' }
        @{ Case = 'a number with an exponent'; Type = 'decimal'; Sent = ' 1.5e+6000 '; Read = '1.5E+6000' }
        @{ Case = 'a SqlDecimal of 34 digits'; Type = 'decimal'; Sent = [System.Data.SqlTypes.SqlDecimal]::Parse('0.1234567890123456789012345678901234'); Read = '0.1234567890123456789012345678901234' }
        @{ Case = 'a SqlDecimal of few digits'; Type = 'decimal'; Sent = [System.Data.SqlTypes.SqlDecimal]::Parse('-1.50'); Read = -1.50d }
        @{ Case = 'a SqlDouble'; Type = 'real'; Sent = [System.Data.SqlTypes.SqlDouble] 1.5; Read = 1.5 }
        @{ Case = 'true'; Type = 'bool'; Sent = $true; Read = $true }
        @{ Case = '0 as bool'; Type = 'bool'; Sent = 0; Read = $false }
        @{ Case = 'a word as bool'; Type = 'bool'; Sent = 'True'; Read = $true }
        @{ Case = 'a UTC time, to the tick'; Type = 'datetime'; Sent = $utc; Read = $utc }
        @{ Case = 'a local time'; Type = 'datetime'; Sent = $utc.ToLocalTime(); Read = $utc }
        @{ Case = 'a time of no kind, as UTC'; Type = 'datetime'; Sent = [datetime]::SpecifyKind($utc, 'Unspecified'); Read = $utc }
        @{ Case = 'a time with offset'; Type = 'datetime'; Sent = [System.DateTimeOffset]::new($utc).ToOffset('05:30'); Read = $utc }
        @{ Case = 'a text with offset as time'; Type = 'datetime'; Sent = '2026-07-01T18:00:45.1234567+05:30'; Read = $utc }
        @{ Case = 'a day as text'; Type = 'datetime'; Sent = '2026-07-01'; Read = [datetime]::new(2026, 7, 1, 0, 0, 0, [System.DateTimeKind]::Utc) }
        @{ Case = 'a text as in mails as time'; Type = 'datetime'; Sent = 'Wed, 01 Jul 2026 12:30:45 GMT'; Read = [datetime]::new(2026, 7, 1, 12, 30, 45, [System.DateTimeKind]::Utc) }
        @{ Case = 'the first time'; Type = 'datetime'; Sent = [datetime]::MinValue; Read = [datetime]::SpecifyKind([datetime]::MinValue, 'Utc') }
        @{ Case = 'the last time'; Type = 'datetime'; Sent = [datetime]::SpecifyKind([datetime]::MaxValue, 'Utc'); Read = [datetime]::SpecifyKind([datetime]::MaxValue, 'Utc') }
        @{ Case = 'a timespan, to the tick'; Type = 'timespan'; Sent = [timespan] 1234567890123; Read = [timespan] 1234567890123 }
        @{ Case = 'a negative timespan of days'; Type = 'timespan'; Sent = - [timespan] '100.01:02:03'; Read = - [timespan] '100.01:02:03' }
        @{ Case = 'a guid'; Type = 'guid'; Sent = [guid] '74be27de-1e4e-49d9-b579-fe0b331d3642'; Read = [guid] '74be27de-1e4e-49d9-b579-fe0b331d3642' }
        @{ Case = 'a guid''s text in braces'; Type = 'guid'; Sent = '{74BE27DE-1E4E-49D9-B579-FE0B331D3642}'; Read = [guid] '74be27de-1e4e-49d9-b579-fe0b331d3642' }
        @{ Case = 'quotes and commas'; Type = 'string'; Sent = 'a "b", ''c'''; Read = 'a "b", ''c''' }
        @{ Case = 'a lone quote'; Type = 'string'; Sent = '"'; Read = '"' }
        @{ Case = 'line breaks of all kinds'; Type = 'string'; Sent = "a`r`nb`nc`rd"; Read = "a`r`nb`nc`rd" }
        @{ Case = 'tabs and spaces at the ends'; Type = 'string'; Sent = "`t a  "; Read = "`t a  " }
        @{ Case = 'text beyond the basic plane'; Type = 'string'; Sent = "`u{65E5}`u{672C} `u{1F600} e`u{301} `u{202E}"; Read = "`u{65E5}`u{672C} `u{1F600} e`u{301} `u{202E}" }
        @{ Case = 'a backslash'; Type = 'string'; Sent = 'C:\new\table'; Read = 'C:\new\table' }
        @{ Case = 'a byte order mark'; Type = 'string'; Sent = "`u{FEFF}a"; Read = "`u{FEFF}a" }
        @{ Case = 'a number as text'; Type = 'string'; Sent = 1.5; Read = '1.5' }
        @{ Case = 'a truth as text'; Type = 'string'; Sent = $true; Read = 'true' }
        @{ Case = 'a time as text'; Type = 'string'; Sent = $utc; Read = '2026-07-01T12:30:45.1234567Z' }
        @{ Case = 'an enum as text'; Type = 'string'; Sent = [System.DayOfWeek]::Friday; Read = 'Friday' }
        @{ Case = 'a list as text: its JSON'; Type = 'string'; Sent = 1, 'a'; Read = '[1,"a"]' }
        @{ Case = 'a version as text'; Type = 'string'; Sent = [version] '1.2.3'; Read = '1.2.3' }
        @{ Case = 'bytes as text: base64'; Type = 'string'; Sent = [byte[]] (1, 2, 3); Read = 'AQID' }
    )
    $misfits = @(
        @{ Case = 'a fraction'; Type = 'long'; Sent = 1.5 }
        @{ Case = 'a word'; Type = 'long'; Sent = 'abc' }
        @{ Case = 'a ulong beyond long'; Type = 'long'; Sent = [ulong]::MaxValue }
        @{ Case = 'a long beyond int'; Type = 'int'; Sent = 2147483648 }
        @{ Case = 'a word'; Type = 'real'; Sent = 'abc' }
        @{ Case = 'a German number'; Type = 'real'; Sent = '1,5' }
        @{ Case = 'NaN'; Type = 'decimal'; Sent = [double]::NaN }
        @{ Case = 'a number beyond its range'; Type = 'decimal'; Sent = '1e6145' }
        @{ Case = 'a number'; Type = 'bool'; Sent = 2 }
        @{ Case = 'a word'; Type = 'datetime'; Sent = 'yesterday' }
        @{ Case = 'a number'; Type = 'datetime'; Sent = 5 }
        @{ Case = 'a number as text'; Type = 'datetime'; Sent = '1.5' }
        @{ Case = 'a time of day'; Type = 'datetime'; Sent = '12:30:00.1234' }
        @{ Case = 'a day without a year'; Type = 'datetime'; Sent = '5 January' }
        @{ Case = 'a year of two digits'; Type = 'datetime'; Sent = '01/02/26' }
        @{ Case = 'a word'; Type = 'timespan'; Sent = 'long' }
        @{ Case = 'a word'; Type = 'guid'; Sent = 'abc' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    foreach ($type in 'bool', 'int', 'long', 'real', 'decimal', 'datetime', 'timespan', 'guid', 'string', 'dynamic') {
        $null = New-AdxTable "Of_$type" 'Id:string', "v:$type"
    }
    # Sends a value and reads it back.
    function Get-AfterTransport([string] $Type, $Value) {
        $id = [guid]::NewGuid()
        $null = [pscustomobject]@{ Id = $id; v = $Value } | Send-AdxData "Of_$Type" -Wait
        , (Invoke-AdxQuery "Of_$Type | where Id == '$id'").v
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A value of type <Type>' -ForEach $values {
    It 'keeps <Case>' {
        $after = Get-AfterTransport $Type $Sent
        [object]::Equals($after, $Read) | Should -BeTrue -Because "'$after' ($(${after}?.GetType())) came back for '$Sent'"
        if ($Read -is [datetime]) { $after.Kind | Should -Be 'Utc' }
    }
}

Describe 'A value that does not fit its column' {
    It '<Case> is no <Type>' -ForEach $misfits {
        $before = (Invoke-AdxQuery "Of_$Type | count").Count
        $ingestion = [pscustomobject]@{ Id = 'x'; v = $Sent } | Send-AdxData "Of_$Type" -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxRowRejected,*'
        $failures[0].Exception.Message | Should -BeLike "*is no $Type*'v'*"
        $ingestion.RejectedRows | Should -Be 1
        $ingestion.Rows | Should -Be 0
        (Invoke-AdxQuery "Of_$Type | count").Count | Should -Be $before
    }
}

Describe 'A secret or code' {
    It 'is refused with its row, wherever it stands: <Case>' -ForEach @(
        @{ Case = 'a secure string'; Make = { Get-SecureText Geheim } }
        @{ Case = 'a credential'; Make = { [pscredential]::new('user', (Get-SecureText Geheim)) } }
        @{ Case = 'a script block'; Make = { { Get-Geheim } } }
    ) {
        $value = & $Make
        foreach ($type in 'string', 'dynamic') {
            $before = (Invoke-AdxQuery "Of_$type | count").Count
            $objects = [pscustomobject]@{ Id = 'x'; v = $value }, @{ Id = 'x'; v = $value }, [pscustomobject]@{ Id = 'x'; v = @{ deep = @($value) } }, [pscustomobject]@{ Id = 'y'; v = 'good' }
            $ingestion = $objects | Send-AdxData "Of_$type" -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
            $failures | Should -HaveCount 3
            $failures.FullyQualifiedErrorId | Should -BeLike 'AdxValueRefused,*'
            "$($failures.Exception.Message)" | Should -Not -BeLike '*Geheim*'
            "$($ingestion.Rows) $($ingestion.RejectedRows)" | Should -Be '1 3'
            (Invoke-AdxQuery "Of_$type | count").Count | Should -Be ($before + 1)
        }
    }
}

Describe 'An odd row' {
    It 'of 2,000 columns arrives' {
        $row = [ordered]@{}
        1..2000 | ForEach-Object { $row["c$_"] = $_ }
        $null = [pscustomobject] $row | Send-AdxData Wide -CreateTable -Wait
        (Invoke-AdxQuery 'Wide').c2000 | Should -Be 2000
    }

    It 'with a NUL character or half of a character arrives' {
        Get-AfterTransport string "a`0b" | Should -BeExactly "a`0b"
        Get-AfterTransport string "a$([char] 0xD800)b" | Should -BeExactly "a$([char] 0xFFFD)b" -Because 'UTF-8 has no halves'
        (Get-AfterTransport dynamic @{ t = "a$([char] 0xDC00)b`0" }).t | Should -BeLike "a*b`0"
    }

    It 'with a text of 50 MB is sent whole; ADX keeps the first MB' {
        $text = [string]::new('x', 50MB)
        $id = [guid]::NewGuid()
        (@{ Id = $id; v = $text } | Send-AdxData Of_string -Wait).RawBytes | Should -BeGreaterThan 50MB
        (Invoke-AdxQuery "Of_string | where Id == '$id' | project n = strlen(v)").n | Should -Be 1MB
    }

    It 'that is no row is counted as rejected' {
        $ingestion = 'text', [pscustomobject]@{ Other = 1 }, [pscustomobject]@{ Id = 'z'; v = 'x' }, 5 | Send-AdxData Of_string -Wait -ErrorAction SilentlyContinue
        "$($ingestion.Rows) $($ingestion.RejectedRows)" | Should -Be '1 3'
        ('text' | Send-AdxData Of_string -ErrorAction SilentlyContinue).RejectedRows | Should -Be 1
    }
}

Describe 'No value' {
    It 'is null in a column of <_>' -ForEach 'bool', 'int', 'long', 'real', 'decimal', 'datetime', 'timespan', 'guid', 'dynamic' {
        foreach ($nothing in $null, [System.DBNull]::Value, [System.Management.Automation.Internal.AutomationNull]::Value) {
            $null -eq (Get-AfterTransport $_ $nothing) | Should -BeTrue
        }
    }

    It 'is an empty text in a column of string, where ADX has no null' {
        Get-AfterTransport string $null | Should -BeExactly ''
        Get-AfterTransport string '' | Should -BeExactly ''
    }

    It 'makes a row all the same, in a table of one column' {
        $null = New-AdxTable OneText 'a:string'
        $null = New-AdxTable OneNumber 'a:long'
        $null = [pscustomobject]@{ a = '' }, [pscustomobject]@{ a = $null }, [pscustomobject]@{ a = 'x' } | Send-AdxData OneText -Wait
        $null = [pscustomobject]@{ a = $null }, [pscustomobject]@{ a = 1 } | Send-AdxData OneNumber -Wait
        (Invoke-AdxQuery 'OneText | count').Count | Should -Be 3
        (Invoke-AdxQuery 'OneNumber | count').Count | Should -Be 2
    }
}

Describe 'A nested value' {
    It 'becomes dynamic, to its full depth' {
        $deep = [pscustomobject]@{ a = @{ b = @(1, [ordered]@{ c = [pscustomobject]@{ d = @{ e = @{ f = 'bottom' } } } }) } }
        (Get-AfterTransport dynamic $deep).a.b[1].c.d.e.f | Should -BeExactly 'bottom'
    }

    It 'keeps the types that JSON knows' {
        $after = Get-AfterTransport dynamic @{ i = [long]::MaxValue; d = 1.5; t = $true; n = $null; s = "it's `"x`"`n"; l = @(); o = @{}; at = [datetime]::new(2026, 1, 2, 3, 4, 5, [System.DateTimeKind]::Utc) }
        $after.i | Should -Be ([long]::MaxValue)
        $after.d | Should -Be 1.5
        $after.t | Should -BeTrue
        $after.n | Should -BeNullOrEmpty
        $after.s | Should -BeExactly "it's `"x`"`n"
        $after.l.GetType().IsArray | Should -BeTrue
        $after.l.Count | Should -Be 0
        "$($after.at)" | Should -BeLike '*2026*'
    }

    It 'of JSON text becomes what the text says; other text stays text' {
        (Get-AfterTransport dynamic '{"a":[1,2]}').a | Should -Be 1, 2
        Get-AfterTransport dynamic 'plain' | Should -BeExactly 'plain'
        Get-AfterTransport dynamic '{broken' | Should -BeExactly '{broken'
    }

    It 'is written down when it is read: what changes later does not change it' {
        $list = [System.Collections.Generic.List[int]]::new([int[]] (1, 2))
        $id = [guid]::NewGuid()
        $null = & {
            [pscustomobject]@{ Id = $id; v = $list }
            $list.Add(3)
        } | Send-AdxData Of_dynamic -Wait
        (Invoke-AdxQuery "Of_dynamic | where Id == '$id'").v | Should -Be 1, 2
    }

    It 'that holds itself ends somewhere' {
        $circle = @{ name = 'circle' }
        $circle.self = $circle
        (Get-AfterTransport dynamic $circle).self.self.name | Should -BeExactly 'circle'
    }

    It 'may be a scalar: <_>' -ForEach 1, 1.5, $true, 'x' {
        Get-AfterTransport dynamic $_ | Should -Be $_
    }
}

Describe 'The culture of the session' {
    BeforeAll {
        $culture = [cultureinfo]::CurrentCulture
        $german = [cultureinfo]::GetCultureInfo('de-DE')
    }

    AfterEach {
        [cultureinfo]::CurrentCulture = $culture
    }

    It 'changes neither numbers nor times, on the way there or back' {
        if (1.5.ToString($german) -ne '1,5') {
            Set-ItResult -Skipped -Because 'this machine knows no culture but the invariant one'
        }
        [cultureinfo]::CurrentCulture = $german
        $at = [datetime]::new(2026, 3, 4, 5, 6, 7, [System.DateTimeKind]::Utc)
        Get-AfterTransport real 1234.5 | Should -Be 1234.5
        Get-AfterTransport real '1234.5' | Should -Be 1234.5
        Get-AfterTransport decimal 1234.5d | Should -Be 1234.5d
        Get-AfterTransport datetime $at | Should -Be $at
        Get-AfterTransport datetime '03/04/2026 05:06:07' | Should -Be $at
        Get-AfterTransport string 1234.5 | Should -BeExactly '1234.5'
        Get-AfterTransport string $at | Should -BeExactly '2026-03-04T05:06:07.0000000Z'
        (Get-AfterTransport dynamic @{ a = 1.5; b = $at }).a | Should -Be 1.5
        (Invoke-AdxQuery 'declare query_parameters(r:real, d:datetime); print r = r, d = d' -Parameter @{ r = 1.5; d = $at }).d | Should -Be $at
    }
}
