# What is sent besides objects and files: blobs that exist already, containers, lines of text, bytes, data tables.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    # A container of the stand-in stands for one of somebody's own; its address has a signature.
    $own = [uri] (Invoke-RestMethod "$((Get-AdxConnection).Cluster)v1/rest/ingestion/configuration").containerSettings.containers[0].path
    $signature = [uri]::UnescapeDataString(($own.Query -replace '.*sig=' -replace '&.*'))

    # Puts a blob there; returns its address with the signature.
    function Write-Blob([string] $Name, [string] $Text) {
        $address = "$($own.GetLeftPart('Path'))/$Name$($own.Query)"
        $null = Invoke-WebRequest $address -Method Put -Body $Text -Headers @{ 'x-ms-blob-type' = 'BlockBlob' } -ContentType 'text/plain'
        $address
    }
    function Get-EmptyTable {
        $name = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $name 'Id:long', 'Name:string'
        $name
    }
    function Get-RowText([string] $Table) {
        (Invoke-AdxQuery "$Table | sort by Id asc" | ForEach-Object { "$($_.Id)=$($_.Name)" }) -join ' '
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A blob that exists already' {
    BeforeEach {
        $table = Get-EmptyTable
        $prefix = [guid]::NewGuid().ToString('N')
    }

    It 'is ingested from where it is, and stays' {
        $blob = Write-Blob "$prefix.csv" "1,Ada`n2,Bob`n"
        $script:sent = $null
        $requests = Get-LocalRequest { $script:sent = Send-AdxData $table -Uri $blob -Wait }
        $sent.Status | Should -Be 'Succeeded'
        $sent.Batches[0].IsRawBytesEstimated | Should -BeTrue
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob'
        $requests.Method | Should -Not -Contain 'PUT'
        $requests | Where-Object { $_.Method -eq 'GET' -and $_.Path -like '*/storage/*' } | Should -BeNullOrEmpty
        Get-LocalBlob | Should -Contain "$prefix.csv"
    }

    It 'is read by the identity of the cluster, with a header left out, under a format that its name does not tell' {
        $blob = (Write-Blob "$prefix.bin" "Id,Name`n1,Ada`n").Split('?')[0]
        (Get-Failure { Send-AdxData $table -Uri "$blob;managed_identity=system" }).FullyQualifiedErrorId | Should -BeLike 'AdxFormatUnknown,*'
        (Send-AdxData $table -Uri "$blob;managed_identity=system" -Format Csv -IgnoreFirstRecord -Wait).Status | Should -Be 'Succeeded'
        Get-RowText $table | Should -BeExactly '1=Ada'
    }

    It 'goes with others in few requests' {
        $blobs = 1..45 | ForEach-Object { Write-Blob "$prefix-$_.csv" "$_,x`n" }
        $requests = Get-LocalRequest { Send-AdxData $table -Uri $blobs -Wait }
        @($requests | Where-Object { $_.Method -eq 'POST' -and $_.Path -like '*/queued/*' }).Count | Should -BeLessOrEqual 5
        (Invoke-AdxQuery "$table | count").Count | Should -Be 45
    }

    It 'that is missing is an error with the service''s code' {
        $blob = "$($own.GetLeftPart('Path'))/$prefix.csv$($own.Query)"
        $ingestion = Send-AdxData $table -Uri $blob -Wait -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].Exception.ServiceCode | Should -BeExactly 'Download_SourceNotFound'
        $ingestion.Status | Should -Be 'Failed'
    }

    It 'must have an address of https: <_>' -ForEach 'http://example.com/c/b.csv?sig=Geheim', 'https://user:Geheim@example.com/c/b.csv', 'b.csv?sig=Geheim', 'ftp://example.com/b.csv;Geheim' {
        $uri = $_
        $failure = Get-Failure { Send-AdxData $table -Uri $uri }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidUri,*'
        ($failure | Format-List * -Force | Out-String) -replace [regex]::Escape('-Uri $uri') | Should -Not -BeLike '*Geheim*'
    }

    It 'shows its signature nowhere' {
        $blob = Write-Blob "$prefix.csv" "1,Ada`n"
        $everything = & {
            Send-AdxData $table -Uri $blob -Wait -Verbose -Debug
            Send-AdxData $table -Uri ($blob -replace "$prefix", 'missing') -Wait -Verbose -ErrorAction Continue
            Get-Failure { Send-AdxData $table -Uri ($blob -replace '\.csv', '.xyz') }
            Send-AdxData $table -Uri ($blob -replace '\.csv', '') -Container -Format Csv -Wait -Verbose
        } *>&1
        $text = $everything | ForEach-Object {
            $_ | Out-String -Width 4096
            $_ | Format-List * -Force | Out-String -Width 4096
            [System.Management.Automation.PSSerializer]::Serialize($_, 4)
        } | Out-String
        $text | Should -Not -BeLike '*sig=*'
        $text.Contains($signature) | Should -BeFalse
    }
}

Describe 'A container' {
    BeforeEach {
        $table = Get-EmptyTable
        $prefix = [guid]::NewGuid().ToString('N')
    }

    It 'is listed and ingested by the service' {
        1..3 | ForEach-Object { $null = Write-Blob "$prefix/in/$_.csv" "Id,Name`n$_,x`n" }
        $null = Write-Blob "$prefix/in/4.txt" "no row`n"
        $requests = Get-LocalRequest { $script:sent = Send-AdxData $table -Uri "$($own.GetLeftPart('Path'))/$prefix/$($own.Query)" -Container -Suffix .csv -IgnoreFirstRecord -Wait -Tag 'drop-by:x' }
        $sent | Should -BeOfType AdxFlow.AdxIngestion
        $sent.Status | Should -Be 'Succeeded'
        $sent.Batches[0].OperationId | Should -Not -BeNullOrEmpty
        $requests.Method | Should -Not -Contain 'PUT'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 3
        ($sent | Get-AdxIngestion).Status | Should -Be 'Succeeded'
    }

    It 'is taken up to a number of blobs' {
        1..3 | ForEach-Object { $null = Write-Blob "$prefix/$_.csv" "$_,x`n" }
        $null = Send-AdxData $table -Uri "$($own.GetLeftPart('Path'))/$prefix/;managed_identity=system" -Container -Format Csv -MaxBlobs 2 -CompressionFactor 1.5 -Wait
        (Invoke-AdxQuery "$table | count").Count | Should -Be 2
    }

    It 'with nothing in it leaves the ingestion Empty' {
        (Send-AdxData $table -Uri "$($own.GetLeftPart('Path'))/$prefix/$($own.Query)" -Container -Format Csv -Wait).Status | Should -Be 'Empty'
    }

    It 'whose blobs are refused is an error that tells how many' {
        $null = Write-Blob "$prefix/1.csv" "1,x`n"
        $null = Write-Blob "$prefix/2.csv" "2,`"x`n"
        $ingestion = Send-AdxData $table -Uri "$($own.GetLeftPart('Path'))/$prefix/$($own.Query)" -Container -Format Csv -Wait -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxIngestionFailed,*'
        $failures[0].Exception.Message | Should -BeLike '*1 of 2 blobs*'
        $ingestion.Status | Should -Be 'Failed'
    }

    It 'needs a right of the caller' {
        $stranger = Connect-Adx -Local -Principal "aadapp=$([guid]::NewGuid());contoso.com"
        $null = Connect-Adx -Local
        $failure = Get-Failure { Send-AdxData $table -Connection $stranger -Uri "$($own.GetLeftPart('Path'))/$prefix/$($own.Query)" -Container -Format Csv }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
    }
}

Describe 'Text of a format' {
    BeforeEach {
        $table = Get-EmptyTable
        $prefix = [guid]::NewGuid().ToString('N')
    }

    It 'arrives line by line: <Format>' -ForEach @(
        @{ Format = 'Csv'; Lines = '1,Ada', '2,Bob' }
        @{ Format = 'Csv'; Lines = "1,Ada`n2,Bob`n", '' }
        @{ Format = 'Csv'; Lines = '1,"A', 'da"', '2,Bob'; Rows = "1=A`nda 2=Bob" }
        @{ Format = 'Tsv'; Lines = "1`tAda", "2`tBob" }
        @{ Format = 'Psv'; Lines = '1|Ada', '2|Bob' }
        @{ Format = 'Json'; Lines = '{"Id":1,"Name":"Ada"}', '{"Name":"Bob","Id":2}' }
    ) {
        $ingestion = $Lines | Send-AdxData $table -Format $Format -Wait
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Rows | Should -Be 2
        $ingestion.Batches[0].IsRawBytesEstimated | Should -BeFalse
        Get-RowText $table | Should -BeExactly ($Rows ?? '1=Ada 2=Bob')
    }

    It 'arrives from Get-Content, with its header left out' {
        Set-Content "$TestDrive/a.csv" "Id,Name`n1,Ada`n2,Bob"
        (Get-Content "$TestDrive/a.csv" | Send-AdxData $table -Format Csv -IgnoreFirstRecord -Wait).Rows | Should -Be 2
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob'
    }

    It 'arrives as bytes, however they are cut' {
        $bytes = [System.Text.Encoding]::UTF8.GetBytes("1,Ad`u{e4}`n2,Bob")
        $first, $second = [byte[]] $bytes[0..4], [byte[]] $bytes[5..($bytes.Length - 1)]
        (& { , $first; , $second } | Send-AdxData $table -Format Csv -Wait).Rows | Should -Be 2
        $null = $bytes | Send-AdxData $table -Format Csv -Wait
        $null = Send-AdxData $table -InputObject $bytes -Format Csv -Wait
        (Get-RowText $table) | Should -BeExactly ("1=Ad`u{e4} " * 3 + '2=Bob 2=Bob 2=Bob')
    }

    It 'is sealed by -BatchRows and by time' {
        $ingestion = 1..10 | ForEach-Object { "$_,x" } | Send-AdxData $table -Format Csv -BatchRows 4 -Wait
        $ingestion.Batches.Rows | Sort-Object | Should -Be 2, 4, 4
        $late = & {
            '11,x'
            Wait-Until { (Invoke-AdxQuery "$table | where Id == 11 | count").Count -eq 1 }
            '12,x'
        } | Send-AdxData $table -Format Csv -BatchInterval '0:0:0.2' -Wait
        $late.Rows | Should -Be 2
    }

    It 'that ends in the middle of a record is an error' {
        (Get-Failure { '1,"Ada' | Send-AdxData $table -Format Csv }).FullyQualifiedErrorId | Should -BeLike 'AdxFileTruncated,*'
    }

    It 'without -Format is no row, and the advice names it' {
        $ingestion = '1,Ada' | Send-AdxData $table -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxInputNotRow,*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Format*'
        $ingestion.Status | Should -Be 'Empty'
    }

    It 'is not what an object is' {
        $ingestion = [pscustomobject]@{ Id = 1 }, '2,Bob' | Send-AdxData $table -Format Csv -Wait -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxInputNotRow,*'
        $ingestion.Rows | Should -Be 1
    }

    It 'goes with none of the parameters for objects, nor these with it' {
        (Get-Failure { '1' | Send-AdxData $table -Format Csv -Column Id }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidCombination,*'
        (Get-Failure { '1' | Send-AdxData $table -Format Csv -CreateTable }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidCombination,*'
        (Get-Failure { @{ Id = 1 } | Send-AdxData $table -IgnoreFirstRecord }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidCombination,*'
        (Get-Failure { '1' | Send-AdxData $table -Format Parquet }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidFormat,*'
    }
}

Describe 'Properties of blobs, containers and text' {
    BeforeEach {
        $table = Get-EmptyTable
        $prefix = [guid]::NewGuid().ToString('N')
        $blob = Write-Blob "$prefix/in.json" "{`"key`":5,`"text`":`"five`"}`n"
        $uneven = Write-Blob "uneven$prefix/in.csv" "1,a`n2`n"
        $folder, $unevenFolder = $prefix, "uneven$prefix" | ForEach-Object { "$($own.GetLeftPart('Path'))/$_/$($own.Query)" }
        $mapping = [ordered]@{ Id = '$.key'; Name = '$.text' }
    }

    It 'a mapping that is sent along: <Case>' -ForEach @(
        @{ Case = 'a blob'; Send = { Send-AdxData $table -Uri $blob -Mapping $mapping -Wait } }
        @{ Case = 'a container'; Send = { Send-AdxData $table -Uri $folder -Container -Format Json -Mapping $mapping -Wait } }
        @{ Case = 'text'; Send = { '{"key":5,"text":"five"}' | Send-AdxData $table -Format Json -Mapping $mapping -Wait } }
    ) {
        (& $Send).Status | Should -Be 'Succeeded'
        Get-RowText $table | Should -BeExactly '5=five'
    }

    It 'a mapping of the table: <Case>' -ForEach @(
        @{ Case = 'a blob'; Send = { Send-AdxData $table -Uri $blob -MappingName m -Wait } }
        @{ Case = 'a container'; Send = { Send-AdxData $table -Uri $folder -Container -Format Json -MappingName m -Wait } }
        @{ Case = 'text'; Send = { '{"key":5,"text":"five"}' | Send-AdxData $table -Format Json -MappingName m -Wait } }
    ) {
        $null = New-AdxMapping $table m Json $mapping
        (& $Send).Status | Should -Be 'Succeeded'
        Get-RowText $table | Should -BeExactly '5=five'
    }

    It 'a validation policy: <Case>' -ForEach @(
        @{ Case = 'a blob'; Send = { Send-AdxData $table -Uri $uneven -ValidationPolicy Fail -Wait -ErrorAction SilentlyContinue } }
        @{ Case = 'a container'; Send = { Send-AdxData $table -Uri $unevenFolder -Container -Format Csv -ValidationPolicy Fail -Wait -ErrorAction SilentlyContinue } }
        @{ Case = 'text'; Send = { '1,a', '2' | Send-AdxData $table -Format Csv -ValidationPolicy Fail -Wait -ErrorAction SilentlyContinue } }
    ) {
        (& $Send).Status | Should -Be 'Failed'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0
    }
}

Describe 'Rows of other kinds' {
    BeforeEach {
        $table = Get-EmptyTable
        $prefix = [guid]::NewGuid().ToString('N')
    }

    BeforeAll {
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('Id', [long]), $data.Columns.Add('Name', [string])
        $null = $data.Rows.Add(1L, 'Ada'), $data.Rows.Add(2L, [System.DBNull]::Value)
    }

    It 'arrive: <Case>' -ForEach @(
        @{ Case = 'a piped DataTable, which the pipeline takes apart'; Send = { $data | Send-AdxData $table -Wait } }
        @{ Case = 'a DataTable as it is'; Send = { , $data | Send-AdxData $table -Wait } }
        @{ Case = 'a DataTable given'; Send = { Send-AdxData $table -InputObject $data -Wait } }
        @{ Case = 'rows'; Send = { $data.Rows | Send-AdxData $table -Wait } }
        @{ Case = 'views of rows'; Send = { $data.DefaultView | Send-AdxData $table -Wait } }
        @{ Case = 'a reader'; Send = { Send-AdxData $table -DataReader $data.CreateDataReader() -Wait } }
        @{ Case = 'a reader as an object'; Send = { Send-AdxData $table -InputObject $data.CreateDataReader() -Wait } }
        @{ Case = 'hashtables'; Send = { @{ Id = 1; Name = 'Ada' }, @{ Id = 2 } | Send-AdxData $table -Wait } }
        @{ Case = 'ordered dictionaries'; Send = { [ordered]@{ name = 'Ada'; ID = 1 }, [ordered]@{ Id = 2 } | Send-AdxData $table -Wait } }
        @{ Case = 'generic dictionaries'; Send = { $d = [System.Collections.Generic.Dictionary[string, object]]::new(); $d.Id = 1; $d.Name = 'Ada'; $d, @{ Id = 2 } | Send-AdxData $table -Wait } }
    ) {
        (& $Send).Rows | Should -Be 2
        Get-RowText $table | Should -BeExactly '1=Ada 2='
    }

    It 'arrive with properties that only later objects have' {
        $null = [pscustomobject]@{ Id = 1 }, [pscustomobject]@{ Id = 2; Name = 'late' }, [pscustomobject]@{ Name = 'first'; Id = 3 } | Send-AdxData $table -Wait
        Get-RowText $table | Should -BeExactly '1= 2=late 3=first'
    }
}
