# Files: whole ones arrive, broken ones leave nothing behind.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local

    function Write-Raw([string] $Name, [string] $Text, [switch] $Gzip) {
        $path = Join-Path $TestDrive $Name
        $bytes = [System.Text.UTF8Encoding]::new($false).GetBytes($Text)
        if ($Gzip) {
            $memory = [System.IO.MemoryStream]::new()
            $stream = [System.IO.Compression.GZipStream]::new($memory, [System.IO.Compression.CompressionMode]::Compress)
            $stream.Write($bytes, 0, $bytes.Length)
            $stream.Dispose()
            $bytes = $memory.ToArray()
        }
        [System.IO.File]::WriteAllBytes($path, $bytes)
        $path
    }
    function Get-RowText([string] $Table) {
        (Invoke-AdxQuery "$Table | sort by Id asc" | ForEach-Object { "$($_.Id)=$($_.Name)" }) -join ' '
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A file of Send-AdxData' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'arrives: <Case>' -ForEach @(
        @{ Case = 'CSV'; Name = 'a.csv'; Text = "1,Ada`n2,Bob`n" }
        @{ Case = 'CSV without an end of its last line'; Name = 'b.csv'; Text = "1,Ada`n2,Bob" }
        @{ Case = 'CSV of one record without a line end'; Name = 'one.csv'; Text = '1,Ada'; Rows = '1=Ada' }
        @{ Case = 'CSV with CRLF'; Name = 'c.csv'; Text = "1,Ada`r`n2,Bob`r`n" }
        @{ Case = 'CSV with a byte order mark'; Name = 'd.csv'; Text = "`u{FEFF}1,Ada`n2,Bob`n" }
        @{ Case = 'CSV with quotes, commas and line breaks inside'; Name = 'e.csv'; Text = "1,`"A`"`"d,`na`"`n2,Bob`n"; Rows = "1=A`"d,`na 2=Bob" }
        @{ Case = 'TSV'; Name = 'f.tsv'; Text = "1`tAda`n2`tBob`n" }
        @{ Case = 'PSV'; Name = 'g.psv'; Text = "1|Ada`n2|Bob`n" }
        @{ Case = 'SCSV'; Name = 'h.scsv'; Text = "1;Ada`n2;Bob`n" }
        @{ Case = 'JSON lines'; Name = 'i.json'; Text = "{`"Id`":1,`"Name`":`"Ada`"}`n{`"Name`":`"Bob`",`"Id`":2}" }
    ) {
        $path = Write-Raw $Name $Text
        $ingestion = Send-AdxData $table -Path $path -Wait
        $ingestion.Status | Should -Be 'Succeeded'
        Get-RowText $table | Should -BeExactly ($Rows ?? '1=Ada 2=Bob')
    }

    It 'arrives compressed' {
        $path = Write-Raw 'a.csv.gz' "1,Ada`n2,Bob`n" -Gzip
        (Send-AdxData $table -Path $path -Wait).Rows | Should -Be 2
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob'
    }

    It 'arrives compressed in several members, as cat joins them' {
        $files = (Write-Raw 'm1.csv.gz' "1,Ada`n" -Gzip), (Write-Raw 'm2.csv.gz' "2,Bob`n" -Gzip)
        $path = Join-Path $TestDrive 'joined.csv.gz'
        [System.IO.File]::WriteAllBytes($path, [byte[]] ($files | ForEach-Object { [System.IO.File]::ReadAllBytes($_) }))
        (Send-AdxData $table -Path $path -Wait).Rows | Should -Be 2
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob'
    }

    It 'arrives with its header left out on request' {
        $path = Write-Raw 'header.csv' "Id,Name`n1,Ada`n2,Bob`n"
        (Send-AdxData $table -Path $path -IgnoreFirstRecord -Wait).Rows | Should -Be 2
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob'
    }

    It 'arrives under a format that its name does not tell' {
        $path = Write-Raw 'data.bin' "1,Ada`n"
        (Get-Failure { Send-AdxData $table -Path $path -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxFormatUnknown,*'
        (Send-AdxData $table -Path $path -Format Csv -Wait).Rows | Should -Be 1
    }

    It 'arrives by wildcard, and by a name that reads as one' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Set-Content "$folder/1.csv" '1,Ada'
        Set-Content "$folder/2.csv" '2,Bob'
        Set-Content -LiteralPath "$folder/[3].csv" '3,Eve'
        $ingestion = Send-AdxData $table -Path "$folder/?.csv" -Wait
        $ingestion.Batches | Should -HaveCount 1 -Because 'small files share a batch'
        $null = Send-AdxData $table -LiteralPath "$folder/[3].csv" -Wait
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob 3=Eve'
    }

    It 'arrives by a path of the current location' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Set-Content "$folder/1.csv" '1,Ada'
        Push-Location $folder
        try {
            (Send-AdxData $table -Path 1.csv -Wait).Rows | Should -Be 1
        }
        finally {
            Pop-Location
        }
    }

    It 'is split by -BatchRows at the ends of records' {
        $path = Write-Raw 'many.csv' ((1..10 | ForEach-Object { "$_,`"line`nbreak`"`n" }) -join '')
        $ingestion = Send-AdxData $table -Path $path -BatchRows 4 -Wait
        $ingestion.Batches.Rows | Sort-Object -Descending | Should -Be 4, 4, 2
        (Invoke-AdxQuery $table).Name | Select-Object -Unique | Should -BeExactly "line`nbreak"
    }

    It 'larger than all buffers arrives whole' {
        $path = Join-Path $TestDrive 'large.csv'
        $writer = [System.IO.StreamWriter]::new($path)
        for ($i = 1; $i -le 60000; $i++) { $writer.Write("$i,`"text, number $i `"`"with`"`" quotes and a break`n in it`"`n") }
        $writer.Dispose()
        (Get-Item $path).Length | Should -BeGreaterThan 2mb
        $ingestion = Send-AdxData $table -Path $path -BatchSizeMB 1 -Wait
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Rows | Should -Be 60000
        $ingestion.Batches.Count | Should -BeGreaterOrEqual 3
        $sum = Invoke-AdxQuery "$table | summarize n = count(), total = sum(Id)"
        "$($sum.n) $($sum.total)" | Should -BeExactly '60000 1800030000'
    }
}

Describe 'Many files' {
    BeforeAll {
        $root = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $null = New-Item -ItemType Directory "$root/deep/deeper", "$root/.hidden" -Force
        Set-Content "$root/1.csv" "Id,Name`n1,one"
        Set-Content "$root/2.csv" "Id,Name`n2,two"
        Set-Content "$root/deep/3.csv" "Id,Name`n3,three"
        Set-Content "$root/deep/deeper/4.csv" "Id,Name`n4,four"
        Set-Content "$root/deep/deeper/5.tsv" "Id`tName`n5`tfive"
        Set-Content "$root/.hidden/6.csv" "Id,Name`n6,six"
    }

    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'are found: <Case>' -ForEach @(
        @{ Case = 'in a directory'; With = @{ Path = '.' }; Rows = '1=one 2=two' }
        @{ Case = 'below a directory'; With = @{ LiteralPath = '.'; Recurse = $true }; Rows = '1=one 2=two 3=three 4=four 5=five' }
        @{ Case = 'below a directory, but for some'; With = @{ Path = '.'; Recurse = $true; Exclude = '*.TSV', '2*' }; Rows = '1=one 3=three 4=four' }
        @{ Case = 'by wildcard, but for some'; With = @{ Path = '*.csv'; Exclude = '1.csv' }; Rows = '2=two' }
        @{ Case = 'by wildcard below a directory'; With = @{ Path = '*.csv'; Recurse = $true }; Rows = '1=one 2=two 3=three 4=four' }
        @{ Case = 'by wildcard in the middle of a path'; With = @{ Path = './d*/*.csv' }; Rows = '3=three' }
    ) {
        Push-Location $root
        try {
            (Send-AdxData $table @With -IgnoreFirstRecord -Wait).Status | Should -Be 'Succeeded'
        }
        finally {
            Pop-Location
        }
        Get-RowText $table | Should -BeExactly $Rows
    }

    It 'go in few requests, and the wrong ones are told' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        foreach ($i in 1..300) { [System.IO.File]::WriteAllText("$folder/$i.csv", ($i % 100 ? "$i,x`n" : "$i,`"x`n")) }
        $script:sent = $null
        $requests = Get-LocalRequest { $script:sent = Send-AdxData $table -Path $folder -Wait -ErrorVariable script:failures -ErrorAction SilentlyContinue }
        @($requests | Where-Object Method -EQ PUT) | Should -HaveCount 1
        @($requests | Where-Object { $_.Method -eq 'POST' -and $_.Path -like '*/queued/*' }) | Should -HaveCount 1
        $sent.Rows | Should -Be 297
        $failures.FullyQualifiedErrorId | Should -HaveCount 3
        $failures.FullyQualifiedErrorId | Should -BeLike 'AdxFileTruncated,*'
        @($failures.TargetObject | Sort-Object | Split-Path -Leaf) | Should -BeExactly '100.csv', '200.csv', '300.csv'
        (Invoke-AdxQuery "$table | summarize n = dcount(Id)").n | Should -Be 297
    }
}

Describe 'The formats' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'arrive: <Format>' -ForEach @(
        @{ Format = 'Sohsv'; Text = "1`u{1}Ada`n2`u{1}Bob`n" }
        @{ Format = 'Tsve'; Text = "1`tA\tda`n2`tBob`n"; Rows = "1=A`tda 2=Bob" }
        @{ Format = 'MultiJson'; Text = "[{`"Id`":1,`n`"Name`":`"Ada`"},`n{`"Id`":2,`"Name`":`"Bob`"}]" }
        @{ Format = 'SingleJson'; Text = "{`"Id`":1,`n`"Name`":`"Ada`"}"; Rows = '1=Ada' }
    ) {
        $path = Write-Raw 'formatted' $Text
        (Send-AdxData $table -Path $path -Format $Format -Wait).Status | Should -Be 'Succeeded'
        Get-RowText $table | Should -BeExactly ($Rows ?? '1=Ada 2=Bob')
    }

    It 'arrive as one text: <_>' -ForEach 'Txt', 'Raw' {
        $null = New-AdxTable "$table$_" 'Text:string'
        $path = Write-Raw 'text' "a,b`nc"
        (Send-AdxData "$table$_" -Path $path -Format $_ -Wait).Status | Should -Be 'Succeeded'
        @((Invoke-AdxQuery "$table$_").Text | Sort-Object) | Should -BeExactly @(if ($_ -eq 'Raw') { "a,b`nc" } else { 'a,b', 'c' })
    }

    It 'that are binary go untouched; the stand-in cannot read them: <_>' -ForEach 'Parquet', 'Avro', 'ApacheAvro', 'Orc', 'W3CLogFile' {
        $path = Write-Raw 'binary' 'PAR1'
        $format = $_
        $failure = Get-Failure { Send-AdxData $table -Path $path -Format $format }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionRefused,*'
        $failure.Exception.ServiceCode | Should -BeExactly 'BadRequest_FormatNotSupported'
        $failure.Exception.Message | Should -BeLike "*'$format'*"
    }

    It 'of an archive arrive, their headers cut' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Set-Content "$folder/a.csv" "Id,Name`n1,Ada"
        Set-Content "$folder/b.csv" "Id,Name`n2,Bob"
        Compress-Archive "$folder/*.csv" "$folder/all.zip"
        (Send-AdxData $table -Path "$folder/all.zip" -IgnoreFirstRecord -Wait).Rows | Should -Be 2
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob'
    }

    It 'are complete in the enumeration of -Format' {
        [enum]::GetNames([AdxFlow.AdxDataFormat]) | Should -HaveCount 16
    }
}

Describe 'A file that is wrong' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
        $blobs = @(Get-LocalBlob)
    }

    AfterEach {
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0 -Because 'nothing half-done is left behind'
        Get-LocalBlob | Where-Object { $_ -notin $blobs } | Should -BeNullOrEmpty
    }

    It 'is missing' {
        $ingestion = Send-AdxData $table -Path (Join-Path $TestDrive 'missing.csv') -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxFileNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeLike '*missing.csv'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $ingestion.Status | Should -Be 'Empty'
    }

    It 'is on a drive that is missing' {
        $null = Send-AdxData $table -Path 'nosuchdrive:/a.csv' -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxFileNotFound,*'
    }

    It 'is no file of the file system' {
        $null = Send-AdxData $table -LiteralPath 'env:PATH' -ErrorAction SilentlyContinue -ErrorVariable failures
        $null = Send-AdxData $table -Path 'env:PAT?' -ErrorAction SilentlyContinue -ErrorVariable +failures
        $failures | Should -HaveCount 2
        $failures.FullyQualifiedErrorId | Should -BeLike 'AdxFileNotFound,*'
    }

    It 'matches a wildcard nowhere' {
        $null = Send-AdxData $table -Path (Join-Path $TestDrive 'none*.csv') -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxFileNotFound,*'
    }

    It 'is in a directory that has none' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $null = Send-AdxData $table -Path $folder -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxFileNotFound,*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Recurse*'
    }

    It 'is of an archive with several formats' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Set-Content "$folder/a.csv" '1,Ada'
        Set-Content "$folder/b.json" '{"Id":1}'
        Compress-Archive "$folder/a.csv", "$folder/b.json" "$folder/both.zip"
        $null = Send-AdxData $table -Path "$folder/both.zip" -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxArchiveMixed,*'
    }

    It 'is <Case>' -ForEach @(
        @{ Case = 'empty'; Name = 'empty.csv'; Text = ''; Id = 'AdxFileEmpty' }
        @{ Case = 'cut in a quoted field'; Name = 'quote.csv'; Text = "1,Ada`n2,`"Bo"; Id = 'AdxFileTruncated' }
        @{ Case = 'cut before the last field'; Name = 'fields.csv'; Text = "1,Ada`n2"; Id = 'AdxFileTruncated' }
        @{ Case = 'cut in a line of JSON'; Name = 'cut.json'; Text = "{`"Id`":1,`"Name`":`"Ada`"}`n{`"Id`":2,`"Na"; Id = 'AdxFileTruncated' }
        @{ Case = 'cut after many records'; Name = 'late.csv'; Text = ((1..200000 | ForEach-Object { "$_,Ada`n" }) -join '') + '200001,"A'; Id = 'AdxFileTruncated' }
    ) {
        $path = Write-Raw $Name $Text
        $ingestion = Send-AdxData $table -Path $path -BatchRows 50000 -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures[0].TargetObject | Should -BeExactly $path
        $ingestion.Rows | Should -Be 0
    }

    It 'is cut in its compression: <Cut>' -ForEach @(
        @{ Cut = 'in the middle'; Left = { $args[0] / 2 } }
        @{ Cut = 'in its check sum'; Left = { $args[0] - 6 } }
        @{ Cut = 'before its check sum'; Left = { $args[0] - 8 } }
        @{ Cut = 'by its last byte'; Left = { $args[0] - 1 } }
        @{ Cut = 'in its header'; Left = { 5 } }
    ) {
        # The text ends with a line, so that only the compression can tell.
        $path = Write-Raw 'cut.csv.gz' ((1..1000 | ForEach-Object { "$_,$([guid]::NewGuid())`n" }) -join '') -Gzip
        $bytes = [System.IO.File]::ReadAllBytes($path)
        [System.IO.File]::WriteAllBytes($path, [byte[]] ($bytes | Select-Object -First (& $Left $bytes.Length)))
        $null = Send-AdxData $table -Path $path -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeIn ('AdxFileUnreadable', 'AdxFileTruncated' | ForEach-Object { "$_,AdxFlow.PowerShell.Ingestion.SendAdxDataCommand" })
    }

    It 'is not compressed though it is called so' {
        $path = Write-Raw 'plain.csv.gz' "1,Ada`n"
        $null = Send-AdxData $table -Path $path -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxFileUnreadable,*'
    }

    It 'is UTF-16' {
        $path = Join-Path $TestDrive 'utf16.csv'
        Set-Content $path '1,Ada' -Encoding unicode
        $null = Send-AdxData $table -Path $path -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxFileEncoding,*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*utf8*'
    }

    It 'is a JSON document and not one object a line: <Case>' -ForEach @(
        @{ Case = 'an array over several lines'; Text = "[`n{`"Id`":1,`"Name`":`"Ada`"}`n]`n" }
        @{ Case = 'an array in one line'; Text = '[{"Id":1,"Name":"Ada"}]' }
        @{ Case = 'an object over several lines'; Text = "{`n  `"Id`": 1,`n  `"Name`": `"Ada`"`n}`n" }
    ) {
        $path = Write-Raw 'document.json' $Text
        $null = Send-AdxData $table -Path $path -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxJsonDocument,*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Format MultiJson*'
        $null = New-AdxTable Documents 'Id:long', 'Name:string'
        (Send-AdxData Documents -Path $path -Format MultiJson -Wait).Status | Should -Be 'Succeeded'
        Get-RowText Documents | Should -BeExactly '1=Ada'
        Remove-AdxTable Documents -Confirm:$false
        # The same as lines of text.
        (Get-Failure { Get-Content $path | Send-AdxData $table -Format Json }).FullyQualifiedErrorId | Should -BeLike 'AdxJsonDocument,*'
    }

    It 'ends the call with -ErrorAction Stop' {
        $good = Write-Raw 'after.csv' "1,Ada`n"
        $failure = Get-Failure { Send-AdxData $table -Path (Join-Path $TestDrive 'missing.csv'), $good -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxFileNotFound,*'
    }
}

Describe 'Several files of which one is wrong' {
    It 'are sent but for that one' {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
        $files = (Write-Raw '1.csv' "1,Ada`n"), (Write-Raw '2.csv' "2,Bob`n3,`"Ev"), (Write-Raw '4.csv' "4,Zoe`n")
        $ingestion = Send-AdxData $table -Path $files -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].TargetObject | Should -BeExactly $files[1]
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Rows | Should -Be 2
        Get-RowText $table | Should -BeExactly '1=Ada 4=Zoe'
    }
}

Describe 'A wrong file, where errors end the call' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    # The others are still on their way when the wrong one is found: the storage keeps them waiting.
    It 'ends it as soon as it is found, and takes back what was under way' {
        $busy = Open-LocalCluster -IngestionDelay 0
        try {
            $connection = Connect-Adx -Local $busy.ClusterUri
            $null = New-AdxTable People 'Id:long', 'Name:string'
            $null = Connect-Adx -Local
            Add-LocalFault BlobUpload -RetryAfter '00:10:00' -Count 1000 -Cluster $busy
            $wrong = Write-Raw 'wrong.csv' '1,"A'
            $others = 1..4 | ForEach-Object { Write-Raw "other$_.csv" "$_,x`n" }
            $requests = Get-LocalRequest -Cluster $busy {
                $script:failure = Get-Failure { Send-AdxData People -LiteralPath (@($others[0], $wrong) + $others[1..3]) -BatchRows 1 -Connection $connection -ErrorAction Stop }
            }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxFileTruncated,*'
            $failure.TargetObject | Should -BeExactly $wrong
            $requests.Path | Should -Not -BeLike '*/ingestion/queued/*'
            Get-LocalBlob $busy | Should -BeNullOrEmpty
        }
        finally {
            $busy.Dispose()
        }
    }

    It 'says what the service had accepted before' {
        $good = Write-Raw 'good.csv' ("1,x`n" * 10)
        $wrong = Write-Raw 'last.csv' "2,x`n3,`"y"
        $ErrorActionPreference = 'Stop'
        # One worker: the first file is accepted, in batches of its own, before the second is read.
        $failure = Get-Failure { Send-AdxData $table -LiteralPath $good, $wrong -BatchRows 1 -ThrottleLimit 1 -WarningVariable script:warnings -WarningAction SilentlyContinue }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxFileTruncated,*'
        $accepted = @(Get-AdxIngestion | Where-Object Table -EQ $table)
        if ($accepted) {
            $count = $accepted.Batches.Count -eq 1 ? '1 batch with 1 row before' : "$($accepted.Batches.Count) batches with $($accepted.Rows) rows before"
            $warnings[-1].Message | Should -BeLike "*accepted $count*"
            (Wait-AdxIngestion $accepted).Status | Should -Be 'Succeeded'
        }
        (Invoke-AdxQuery "$table | count").Count | Should -Be ([long] $accepted.Rows)
        Get-LocalBlob | Should -BeNullOrEmpty
    }
}

Describe 'A file that the service refuses' {
    It 'is an error with the service''s code' {
        $null = New-AdxTable Mapped 'Id:long'
        $path = Write-Raw 'mapped.csv' "1`n"
        $ingestion = Send-AdxData Mapped -Path $path -MappingName NoSuchMapping -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxIngestionFailed,*'
        $failures[0].Exception.ServiceCode | Should -BeExactly 'BadRequest_MappingReferenceWasNotFound'
        $failures[0].Exception.Message | Should -BeLike '*NoSuchMapping*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*mapping*'
        $ingestion.Status | Should -Be 'Failed'
        $ingestion.Batches[0].ErrorCode | Should -BeExactly 'BadRequest_MappingReferenceWasNotFound'
    }
}
