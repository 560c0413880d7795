# Bad input on every way into a table: a clear error, counted, and the rest of the data arrives.

BeforeDiscovery {
    $modes = 'Queued', 'Streaming', 'Direct'
    $isDiskMountable = $IsLinux -and (id -u) -eq '0' -and (Get-Command mount -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local

    function Get-StreamedTable([string[]] $Column) {
        $name = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $name $Column
        Set-AdxTablePolicy $name -Streaming $true
        $name
    }
    # What throws when it is read, as .NET property and as script property.
    Add-Type 'public sealed class Thrower { public long Id => 5; public string Text => throw new System.InvalidOperationException("boom"); }'
    $half = [char] 0xD800
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A pipeline with something wrong in it, sent by -Mode <_>' -ForEach $modes {
    It 'loses the rows that cannot be sent and no other' {
        $mode = $_
        $table = Get-StreamedTable 'Id:long', 'Text:string', 'Any:dynamic', 'At:datetime'
        $circle = @{ name = 'circle' }
        $circle.self = $circle
        $objects = @(
            [pscustomobject]@{ Id = 1; Text = 'first' }
            # Of other shapes.
            @{ Id = 2; Text = 'dictionary' }
            [ordered]@{ Any = 3; Id = 3 }
            [pscustomobject]@{ Id = 4; Other = 'no such column' }
            [Thrower]::new()
            [pscustomobject]@{ Id = 6; Any = $circle }
            # Not to be sent.
            [pscustomobject]@{ Id = 'seven' }
            [pscustomobject]@{ Id = [ulong]::MaxValue }
            [pscustomobject]@{ Id = 9; At = 'yesterday' }
            [pscustomobject]@{ Id = 10; Text = { Get-Date } }
            [pscustomobject]@{ Id = 11; Any = @{ deep = (Get-SecureText Geheim) } }
            'no row'
            [pscustomobject]@{ Other = 1 }
            # Odd, and sent.
            [pscustomobject]@{ Id = 14; Text = "a$($half)b" }
            [pscustomobject]@{ Id = 15; Text = "a`0b" }
            [pscustomobject]@{ Id = 16; Text = [System.DayOfWeek]::Friday }
            [pscustomobject]@{ Id = 17; Any = @{ t = "$half`0" } }
            [pscustomobject]@{ Id = 18; Text = 'last'; At = [datetime]::new(2026, 1, 1, 0, 0, 0, [System.DateTimeKind]::Utc) }
        )
        $ingestion = $objects | Send-AdxData $table -Mode $mode -Wait -ErrorVariable failures -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        "$($ingestion.Mode) $($ingestion.Status) $($ingestion.Rows) $($ingestion.RejectedRows)" | Should -BeExactly "$mode Succeeded 11 7"
        $failures | Should -HaveCount 7
        ($failures.FullyQualifiedErrorId -replace ',.*' | Group-Object | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' |
            Should -BeExactly 'AdxInputNotRow 2, AdxRowRejected 3, AdxValueRefused 2'
        "$($failures.Exception.Message)" | Should -Not -BeLike '*Geheim*'
        "$warnings" | Should -BeLike '*Other*'
        "$warnings" | Should -BeLike '*Text*boom*'
        $rows = @(Invoke-AdxQuery "$table | sort by Id asc")
        $rows.Id | Should -Be 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18
        $rows[6].Text | Should -BeExactly "a$([char] 0xFFFD)b"
        $rows[7].Text | Should -BeExactly "a`0b"
        $rows[8].Text | Should -BeExactly 'Friday'
        $rows[5].Any.self.self.name | Should -BeExactly 'circle'
        $rows[10].At | Should -Be ([datetime] '2026-01-01')
    }

    It 'takes 2,000 columns' {
        $row = [ordered]@{}
        1..2000 | ForEach-Object { $row["c$_"] = $_ }
        $table = Get-StreamedTable (1..2000 | ForEach-Object { "c${_}:long" })
        ([pscustomobject] $row | Send-AdxData $table -Mode $_ -Wait -ErrorAction Stop).Rows | Should -Be 1
        $after = Invoke-AdxQuery $table
        $after.c1, $after.c2000 | Should -Be 1, 2000
    }

    It 'takes dates of every kind' {
        $table = Get-StreamedTable 'Id:long', 'At:datetime'
        $utc = [datetime]::new(2026, 7, 1, 12, 30, 45, [System.DateTimeKind]::Utc).AddTicks(1234567)
        $dates = @(
            $utc
            $utc.ToLocalTime()
            [datetime]::SpecifyKind($utc, 'Unspecified')
            [System.DateTimeOffset]::new($utc).ToOffset('-09:30')
            '2026-07-01T12:30:45.1234567Z'
            '2026-07-02T02:30:45.1234567+14:00'
            [psobject] $utc
        )
        $ingestion = $dates | ForEach-Object { $n = 0 } { [pscustomobject]@{ Id = $n++; At = $_ } } | Send-AdxData $table -Mode $_ -Wait -ErrorAction Stop
        $ingestion.Rows | Should -Be $dates.Count
        foreach ($row in Invoke-AdxQuery $table) {
            $row.At | Should -Be $utc -Because "$($dates[$row.Id]) ($($dates[$row.Id].GetType())) is that time"
        }
        $day = [pscustomobject]@{ Id = 0; At = [System.DateOnly]::new(2026, 7, 1) } | Send-AdxData $table -Mode $_ -Wait -ErrorAction Stop
        $day.Rows | Should -Be 1
        (Invoke-AdxQuery "$table | where At == datetime(2026-07-01) | count").Count | Should -Be 1
    }
}

Describe 'A record that is too large' {
    It 'is an error of its row, and the others arrive: -Mode <_>' -ForEach 'Streaming', 'Direct' {
        $table = Get-StreamedTable 'Id:long', 'Text:string'
        $ingestion = 1..3 | ForEach-Object { [pscustomobject]@{ Id = $_; Text = $_ -eq 2 ? ('x' * 4000001) : 'small' } } |
            Send-AdxData $table -Mode $_ -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        "$($ingestion.Rows) $($ingestion.RejectedRows)" | Should -BeExactly '2 1'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxRowRejected,*'
        $failures[0].TargetObject.Row | Should -Be 2
        (Invoke-AdxQuery "$table | count").Count | Should -Be 2
    }

    It 'is an error of its file, and the other files arrive: -Mode <Mode>' -ForEach @(
        @{ Mode = 'Streaming'; Length = 4000001 }
        @{ Mode = 'Direct'; Length = 4000001 }
        @{ Mode = 'Queued'; Length = 66MB }
    ) {
        $table = Get-StreamedTable 'Id:long', 'Text:string'
        Set-Content "$TestDrive/large.csv" '1,a', "2,$('x' * $Length)"
        Set-Content "$TestDrive/small.csv" '3,b'
        $ingestion = Send-AdxData $table -Path "$TestDrive/large.csv", "$TestDrive/small.csv" -Mode $Mode -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxRecordTooLong,*'
        $failures[0].TargetObject | Should -BeExactly "$TestDrive/large.csv"
        "$($ingestion.Status) $($ingestion.Rows)" | Should -BeExactly 'Succeeded 1'
        (Invoke-AdxQuery $table).Id | Should -Be 3
        Remove-Item "$TestDrive/large.csv"
    }

    It 'is queued where one that is queued can be that long' {
        $table = Get-StreamedTable 'Id:long', 'Text:string'
        $ingestion = [pscustomobject]@{ Id = 1; Text = 'x' * 50MB } | Send-AdxData $table -Wait -ErrorAction Stop
        "$($ingestion.Mode) $($ingestion.Rows)" | Should -BeExactly 'Queued 1'
        # A text of more than a megabyte is cut by the service.
        (Invoke-AdxQuery "$table | project n = strlen(Text)").n | Should -Be 1MB
    }
}

Describe 'A disk that fills up' -Skip:(-not $isDiskMountable) {
    BeforeEach {
        $disk = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $disk -ItemType Directory
        mount -t tmpfs -o size=1m adxflow $disk
        if ($LASTEXITCODE) {
            Set-ItResult -Skipped -Because 'this machine lets no file system be mounted'
        }
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Text:string'
        $random = [System.Random]::new(5)
        # Of text that hardly compresses, 6 MB in all.
        $rows = foreach ($id in 1..300) {
            $bytes = [byte[]]::new(15000)
            $random.NextBytes($bytes)
            [pscustomobject]@{ Id = $id; Text = [System.Convert]::ToBase64String($bytes) }
        }
    }

    AfterEach {
        umount $disk
    }

    It 'under a spool ends the call, and when there is room again the same call goes on: no row lost, none twice' {
        # Nothing leaves the spool while the service cannot be reached.
        $arguments = @{ DeliveryGuarantee = 'ExactlyOnce'; SpoolPath = "$disk/spool"; SpoolName = 'n'; BatchRows = 100; WarningAction = 'SilentlyContinue' }
        Add-LocalFault BlobUpload -Count 3
        $failure = Get-Failure { $rows | Send-AdxData $table @arguments }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxSpoolFull,*'
        $failure.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Make room*'
        $taken = (Get-AdxSpool "$disk/spool" n).Rows
        $taken | Should -BeLessThan 300
        mount -o 'remount,size=100m' $disk
        $ingestion = $rows | Send-AdxData $table @arguments -Wait -ErrorAction Stop
        $ingestion.Status | Should -Be 'Succeeded'
        (Get-AdxSpool "$disk/spool" n).Rows | Should -Be 300
        $found = Invoke-AdxQuery "$table | summarize n = count(), total = sum(Id)"
        "$($found.n) $($found.total)" | Should -BeExactly '300 45150'
    }

    It 'under the temporary files of -Mode Direct is an error of that file, and leaves none' {
        $rows | Export-Csv "$TestDrive/large.csv"
        $temporary = $env:TMPDIR
        $env:TMPDIR = $disk
        try {
            $null = Send-AdxData $table -Path "$TestDrive/large.csv" -IgnoreFirstRecord -Mode Direct -ErrorVariable failures -ErrorAction SilentlyContinue
        }
        finally {
            $env:TMPDIR = $temporary
        }
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxDiskFull,*'
        $failures[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0
        Get-ChildItem $disk -Force | Should -BeNullOrEmpty
    }
}

Describe 'A spool of a newer version' {
    It 'is refused by <Call>, and left as it is' -ForEach @(
        @{ Call = { [pscustomobject]@{ Id = 1 } | Send-AdxData $table -SpoolPath "$TestDrive/newer" -SpoolName a } }
        @{ Call = { Resume-AdxSpool "$TestDrive/newer" -ErrorAction Stop } }
    ) {
        $table = Get-StreamedTable 'Id:long'
        $null = New-Item "$TestDrive/newer/a" -ItemType Directory -Force
        Set-Content "$TestDrive/newer/a/manifest.json" '{"version":99,"new":true}'
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxSpoolVersion,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike 'Update the module*'
        Get-Content "$TestDrive/newer/a/manifest.json" | Should -BeExactly '{"version":99,"new":true}'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0
    }
}

Describe 'A mapping for another format' {
    It 'is refused before anything is sent: <Case>' -ForEach @(
        @{ Case = 'a file'; Send = { Send-AdxData $table -Path "$TestDrive/in.csv" -Mapping @{ Id = '$.key' } } }
        @{ Case = 'a blob'; Send = { Send-AdxData $table -Uri 'https://a.blob.core.windows.net/c/b.csv' -Mapping @{ Id = '$.key' } } }
        @{ Case = 'a container'; Send = { Send-AdxData $table -Uri 'https://a.blob.core.windows.net/c/' -Container -Format Csv -Mapping @{ Id = '$.key' } } }
        @{ Case = 'text'; Send = { '{"Id":1}' | Send-AdxData $table -Format Json -Mapping @{ Id = 0 } } }
    ) {
        $table = Get-StreamedTable 'Id:long'
        Set-Content "$TestDrive/in.csv" '1'
        $script:failure = $null
        $requests = Get-LocalRequest { $script:failure = Get-Failure $Send }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidMapping,*'
        $requests | Where-Object Method -In PUT, POST | Where-Object Path -NotLike '*/rest/mgmt*' | Should -BeNullOrEmpty
    }
}
