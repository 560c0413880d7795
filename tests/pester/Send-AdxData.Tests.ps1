# Sending objects of every kind: which rows arrive, in which batches, and what the cmdlet says of it.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Table'; Set = 'Object'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'InputObject'; Set = 'Object'; Form = 'PSObject, mandatory, from pipeline' }
        @{ Parameter = 'InputObject'; Set = 'Path'; Form = 'not in this set' }
        @{ Parameter = 'Path'; Set = 'Path'; Form = 'String[], mandatory' }
        @{ Parameter = 'LiteralPath'; Set = 'LiteralPath'; Form = 'String[], mandatory' }
        @{ Parameter = 'DataReader'; Set = 'DataReader'; Form = 'IDataReader, mandatory' }
        @{ Parameter = 'Column'; Set = 'Object'; Form = 'String[]' }
        @{ Parameter = 'Column'; Set = 'DataReader'; Form = 'String[]' }
        @{ Parameter = 'CreateTable'; Set = 'Object'; Form = 'SwitchParameter' }
        @{ Parameter = 'CreateTable'; Set = 'Path'; Form = 'not in this set' }
        @{ Parameter = 'Format'; Set = 'Path'; Form = 'AdxDataFormat' }
        @{ Parameter = 'MappingName'; Set = 'LiteralPath'; Form = 'String' }
        @{ Parameter = 'IgnoreFirstRecord'; Set = 'Path'; Form = 'SwitchParameter' }
        @{ Parameter = 'BatchRows'; Set = 'Path'; Form = 'Int64' }
        @{ Parameter = 'BatchSizeMB'; Set = 'Object'; Form = 'Int32' }
        @{ Parameter = 'BatchInterval'; Set = 'Object'; Form = 'TimeSpan' }
        @{ Parameter = 'Tag'; Set = 'Object'; Form = 'String[]' }
        @{ Parameter = 'IngestIfNotExists'; Set = 'Object'; Form = 'String[]' }
        @{ Parameter = 'CreationTime'; Set = 'Object'; Form = 'DateTime' }
        @{ Parameter = 'ThrottleLimit'; Set = 'Object'; Form = 'Int32' }
        @{ Parameter = 'Wait'; Set = 'Object'; Form = 'SwitchParameter' }
        @{ Parameter = 'Timeout'; Set = 'Object'; Form = 'TimeSpan' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local

    Add-Type -TypeDefinition 'public class AdxFlowReading { public long Id { get; set; } public string Name { get; set; } public double? Value { get; set; } }'
    $people = @([pscustomobject]@{ Id = 1; Name = 'Ada' }, [pscustomobject]@{ Id = 2; Name = 'Bob' }, [pscustomobject]@{ Id = 3; Name = 'Eve' })
    function Get-RowText([string] $Table) {
        (Invoke-AdxQuery "$Table | sort by Id asc" | ForEach-Object { "$($_.Id)=$($_.Name)" }) -join ' '
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Send-AdxData' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Send-AdxData $Parameter $Set | Should -BeExactly $Form
    }

    It 'takes nothing by property name where objects come in, which would cost each of them' {
        (Get-Command Send-AdxData).ParameterSets.Where({ $_.Name -eq 'Object' }).Parameters |
            Where-Object ValueFromPipelineByPropertyName | Should -BeNullOrEmpty
    }

    It 'refuses <_>' -ForEach '-BatchRows 0', '-BatchSizeMB 0', '-BatchSizeMB 5000', '-ThrottleLimit 0', "-Column @()", "-Table ''" {
        $script = [scriptblock]::Create("Send-AdxData $_ $(if ($_ -notlike '-Table*') { 'T' })")
        (Get-Failure $script).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError*'
    }
}

Describe 'What Send-AdxData takes' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'custom objects' {
        $null = $people | Send-AdxData $table -Wait
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob 3=Eve'
    }

    It 'an array as an argument: the same rows as piped' {
        (Send-AdxData $table -InputObject $people -Wait).Rows | Should -Be 3
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob 3=Eve'
    }

    It 'any collection as an argument: <_>' -ForEach 'List', 'HashSet', 'Queue', 'ArrayList' {
        $collection = switch ($_) {
            List { , [System.Collections.Generic.List[object]]::new($people) }
            HashSet { , [System.Collections.Generic.HashSet[object]]::new($people) }
            Queue { , [System.Collections.Generic.Queue[object]]::new($people) }
            ArrayList { , [System.Collections.ArrayList]::new($people) }
        }
        $null = Send-AdxData $table -InputObject $collection -Wait
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob 3=Eve'
    }

    It 'hashtables and ordered dictionaries' {
        $null = @{ Id = 1; Name = 'Ada' }, [ordered]@{ Name = 'Bob'; Id = 2 }, @{ id = 3; NAME = 'Eve' } | Send-AdxData $table -Wait
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob 3=Eve'
    }

    It 'a hashtable as an argument: one row' {
        (Send-AdxData $table -InputObject @{ Id = 1; Name = 'Ada' } -Wait).Rows | Should -Be 1
    }

    It 'dictionaries that tell case apart, by the column''s name whatever its case' {
        $dictionary = [System.Collections.Generic.Dictionary[string, object]]::new()
        $dictionary.id = 1
        $dictionary['NAME'] = 'Ada'
        $null = , $dictionary | Send-AdxData $table -Wait
        Get-RowText $table | Should -BeExactly '1=Ada'
    }

    It '.NET objects' {
        $null = [AdxFlowReading]@{ Id = 1; Name = 'Ada'; Value = 1 }, [AdxFlowReading]@{ Id = 2; Name = 'Bob' } |
            Send-AdxData $table -Wait -WarningAction SilentlyContinue
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob'
    }

    It '.NET objects with what PowerShell adds to them' {
        $reading = [AdxFlowReading]@{ Id = 1 } | Add-Member -PassThru -Force ScriptProperty Name { "number $($this.Id)" }
        $null = $reading | Send-AdxData $table -Wait -WarningAction SilentlyContinue
        Get-RowText $table | Should -BeExactly '1=number 1'
    }

    It 'objects of several types in one pipeline' {
        $null = $people[0], @{ Id = 2; Name = 'Bob' }, [AdxFlowReading]@{ Id = 3; Name = 'Eve' } |
            Send-AdxData $table -Wait -WarningAction SilentlyContinue
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob 3=Eve'
    }

    It 'what Import-Csv, ConvertFrom-Json and Select-Object make' {
        $csv = "Id,Name`n1,Ada" | ConvertFrom-Csv
        $json = '{"Id":2,"Name":"Bob"}' | ConvertFrom-Json
        $selected = @{ a = 3 } | Select-Object @{ n = 'Id'; e = { $_.a } }, @{ n = 'Name'; e = { 'Eve' } }
        $null = $csv, $json, $selected | Send-AdxData $table -Wait
        Get-RowText $table | Should -BeExactly '1=Ada 2=Bob 3=Eve'
    }

    It 'a DataTable, piped, as an argument, and through its reader' {
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('Name', [string])
        $null = $data.Columns.Add('Id', [int])
        $null = $data.Rows.Add('Ada', 1)
        $null = $data.Rows.Add([System.DBNull]::Value, 2)
        $null = , $data | Send-AdxData $table -Wait
        $null = $data.Rows | Send-AdxData $table -Wait
        $null = Send-AdxData $table -InputObject $data -Wait
        $null = Send-AdxData $table -DataReader $data.CreateDataReader() -Wait
        Get-RowText $table | Should -BeExactly '1=Ada 1=Ada 1=Ada 1=Ada 2= 2= 2= 2='
    }

    It 'a data reader''s columns by name, with one warning for what the table lacks, and leaves it open' {
        $data = [System.Data.DataTable]::new()
        'Other', 'Name', 'Id' | ForEach-Object { $null = $data.Columns.Add($_, [object]) }
        $null = $data.Rows.Add('x', 'Ada', 1)
        $reader = $data.CreateDataReader()
        $null = Send-AdxData $table -DataReader $reader -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        Get-RowText $table | Should -BeExactly '1=Ada'
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Other*'
        $reader.IsClosed | Should -BeFalse
    }

    It 'refuses a data reader without any of the columns' {
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('Other', [string])
        (Get-Failure { Send-AdxData $table -DataReader $data.CreateDataReader() }).FullyQualifiedErrorId | Should -BeLike 'AdxReaderHasNoColumns,*'
    }

    It 'passes over null, and takes the rest' {
        (@($people[0], $null, $people[1]) | Send-AdxData $table -Wait).Rows | Should -Be 2
        (Send-AdxData $table -InputObject @($null, $people[2]) -Wait).Rows | Should -Be 1
    }

    It 'calls the getter of a property once for each row' {
        $script:calls = 0
        $counting = [pscustomobject]@{ Id = 1 } | Add-Member -PassThru ScriptProperty Name { $script:calls++; 'x' }
        $null = $counting | Send-AdxData $table -Wait
        $script:calls | Should -Be 1
    }

    It 'goes on where a getter throws, with an empty value and one warning' {
        $faulty = 1..3 | ForEach-Object { [pscustomobject]@{ Id = $_ } | Add-Member -PassThru ScriptProperty Name { throw 'broken' } }
        $ingestion = $faulty | Send-AdxData $table -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        $ingestion.Rows | Should -Be 3
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike "*'Name'*broken*"
    }
}

Describe 'The output of Send-AdxData' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'is one AdxIngestion, which tells what was sent' {
        $ingestion = @($people | Send-AdxData $table)
        $ingestion | Should -HaveCount 1
        $ingestion[0] | Should -BeOfType 'AdxFlow.AdxIngestion'
        $ingestion[0].Id | Should -Not -Be ([guid]::Empty)
        $ingestion[0].Table | Should -BeExactly $table
        $ingestion[0].Database | Should -BeExactly 'NetDefaultDB'
        $ingestion[0].Mode | Should -Be 'Queued'
        $ingestion[0].Rows | Should -Be 3
        $ingestion[0].RejectedRows | Should -Be 0
        $ingestion[0].RawBytes | Should -Be ([System.Text.Encoding]::UTF8.GetByteCount("1,Ada`n2,Bob`n3,Eve`n"))
        $ingestion[0].SentBytes | Should -BeGreaterThan 0
        $ingestion[0].Batches | Should -HaveCount 1
        $ingestion[0].Batches[0].SourceId | Should -Not -Be ([guid]::Empty)
        $ingestion[0].Batches[0].OperationId | Should -Not -BeNullOrEmpty
        $ingestion[0].Elapsed | Should -BeGreaterThan ([timespan]::Zero)
    }

    It 'does not say Succeeded before the service does' {
        ($people | Send-AdxData $table).Status | Should -Be 'Queued'
        ($people | Send-AdxData $table -Wait).Status | Should -Be 'Succeeded'
    }

    It 'is Empty for an empty pipeline: no batch, no row, no error, nothing queued' {
        $script:ingestion = $null
        $requests = Get-LocalRequest { $script:ingestion = @() | Send-AdxData $table -Wait -ErrorAction Stop }
        $ingestion.Status | Should -Be 'Empty'
        $ingestion.Rows | Should -Be 0
        $ingestion.Batches | Should -HaveCount 0
        $ingestion.IsFinished | Should -BeTrue
        $requests.Method | Should -Not -Contain 'PUT'
        $requests.Path | Should -Not -BeLike '*queued*'
    }

    It 'comes with nothing on the other streams' {
        $people | Send-AdxData $table -Wait 2>&1 3>&1 5>&1 6>&1 | Should -BeOfType 'AdxFlow.AdxIngestion'
    }

    It 'tells each batch on the verbose stream' {
        $verbose = $people | Send-AdxData $table -BatchRows 1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like 'Batch *' }
        $verbose | Should -HaveCount 3
    }

    It 'shows table, rows and status by default' {
        $text = $people | Send-AdxData $table -Wait | Out-String -Width 200
        $text | Should -BeLike "*$table*"
        $text | Should -BeLike '*Succeeded*'
        $text | Should -Not -BeLike '*AdxFlow.AdxIngestionBatch*'
    }
}

Describe 'The batches of Send-AdxData' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'hold -BatchRows rows each: <Rows> rows by <BatchRows> are <Sizes>' -ForEach @(
        @{ Rows = 10; BatchRows = 4; Sizes = 4, 4, 2 }
        @{ Rows = 8; BatchRows = 4; Sizes = 4, 4 }
        @{ Rows = 3; BatchRows = 1; Sizes = 1, 1, 1 }
        @{ Rows = 3; BatchRows = 100; Sizes = , 3 }
        @{ Rows = 1300; BatchRows = 600; Sizes = 600, 600, 100 }
    ) {
        $ingestion = 1..$Rows | ForEach-Object { @{ Id = $_ } } | Send-AdxData $table -BatchRows $BatchRows -Wait
        $ingestion.Batches.Rows | Sort-Object -Descending | Should -Be $Sizes
        $ingestion.Batches.SourceId | Select-Object -Unique | Should -HaveCount $Sizes.Count
        $ingestion.Rows | Should -Be $Rows
        $ids = Invoke-AdxQuery "$table | summarize n = count(), lowest = min(Id), highest = max(Id)"
        "$($ids.n) $($ids.lowest) $($ids.highest)" | Should -BeExactly "$Rows 1 $Rows"
    }

    It 'hold at most -BatchSizeMB before compression, and only whole rows' {
        $text = 'x' * 300kb
        $ingestion = 1..8 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = "$_$text" } } | Send-AdxData $table -BatchSizeMB 1 -Wait
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Batches.Count | Should -Be 3
        $ingestion.Batches | ForEach-Object { $_.RawBytes | Should -BeLessOrEqual 1mb }
        @(Invoke-AdxQuery "$table | sort by Id asc" | ForEach-Object { $_.Name.Length - "$($_.Id)".Length }) | Should -Be (, 300kb * 8)
    }

    It 'are queued many at a time, as the service asks' {
        $requests = Get-LocalRequest { 1..45 | ForEach-Object { @{ Id = $_ } } | Send-AdxData $table -BatchRows 1 -Wait }
        $posts = @($requests | Where-Object { $_.Method -eq 'POST' -and $_.Path -like '*queued*' })
        $posts.Count | Should -BeGreaterOrEqual 3 -Because 'the service takes at most 20 blobs at a time'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 45
    }

    It 'are sealed by the clock while the pipeline waits' {
        # The pipeline gives a row and then looks at the table, which only fills if a timer seals the batch behind it.
        $arrived = $null
        $connection = Get-AdxConnection
        $ingestion = & {
            @{ Id = 1; Name = 'early' }
            Wait-Until { (Invoke-AdxQuery "$table | count" -Connection $connection).Count -eq 1 }
            Set-Variable arrived $true -Scope 2
            @{ Id = 2; Name = 'late' }
        } | Send-AdxData $table -BatchInterval '00:00:00.2' -Wait
        $ingestion.Batches | Should -HaveCount 2
        $ingestion.Batches.Rows | Should -Be 1, 1
        Get-RowText $table | Should -BeExactly '1=early 2=late'
    }

    It 'carry tags, which the service honours' {
        $null = $people | Send-AdxData $table -Tag 'ingest-by:monday' -Wait
        $again = $people | Send-AdxData $table -IngestIfNotExists monday -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $again.Status | Should -Not -Be 'Succeeded'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 3
    }

    It 'leave no blob behind' {
        $before = @(Get-LocalBlob)
        $null = $people | Send-AdxData $table -BatchRows 1 -Wait
        Get-LocalBlob | Where-Object { $_ -notin $before } | Should -BeNullOrEmpty
    }
}
